import type { Collection, Filter, MapEntry } from "./api";
import type { Context } from "./context";
import { readable } from "./days";
import { byId, make } from "./html";
import { counted, thousands } from "./names";

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

/** The head of the page: which collection and map, how much is shown of it, and the tools as the state has them. */
export function showHeader({ store, world }: Context, known: Collection[], chosen: Collection | undefined): void {
  const [list, versions] = [byId<HTMLSelectElement>("collection"), byId<HTMLSelectElement>("version")];
  const none = make("option", { value: "", disabled: true, selected: true }, "Choose a collection");
  list.replaceChildren(
    ...(chosen ? [] : [none]),
    ...known.map(({ name }) => make("option", { value: name, selected: name === chosen?.name }, name)),
  );
  const maps = [...(chosen?.maps ?? [])].reverse();
  versions.hidden = maps.length < 2;
  versions.replaceChildren(
    ...maps.map((map, i) => make("option", { value: map.version, selected: map.version === store.state.version }, nameOf(map, i === 0))),
  );
  document.title = `${chosen?.name ?? "No collection"} · OrleansAtlas`;
  const map = world()?.map;
  if (!map) return;
  const { view } = store.state;
  byId<HTMLSelectElement>("layer").value = view.layer;
  byId<HTMLInputElement>("trust").checked = view.trust;
  for (const id of ["fewer", "more"]) byId<HTMLButtonElement>(id).disabled = view.layer !== "pictures";
  const some = map.shown < map.frames;
  byId("summary").textContent = some
    ? `${thousands(map.shown)} of ${counted(map.frames, "frame")}`
    : `${counted(map.frames, "frame")} · ${counted(map.films, "film")}`;
  const empty = byId("empty");
  empty.hidden = map.shown > 0;
  if (map.shown === 0)
    empty.replaceChildren(make("h2", {}, nothing(store.state.filter)), make("button", { class: "main", id: "show-all" }, "Show all"));
}

const nothing = ({ since }: Filter) =>
  since ? `Nothing that this filter lets pass is new since ${readable(since)}` : "No frame passes this filter";

const nameOf = ({ version, frames, made }: MapEntry, newest: boolean) => {
  const which = made ? `of ${day.format(new Date(made))}` : version.slice(0, 8);
  return `${newest ? "Newest map" : "Map"} ${which} · ${counted(frames, "frame")}`;
};
