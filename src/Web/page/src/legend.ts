import type { Group } from "./api";
import type { Context } from "./context";
import { dot } from "./context";
import { byId, make } from "./html";
import { counted, distinct } from "./names";
import { scale } from "./quality";
import { noFilter, type State } from "./state";

const narrow = 760;
const scales: Record<string, [string, string, string]> = {
  "points-time": ["Time in the film", "start", "end"],
  "points-trust": ["Certainty of a frame's place", "unsure", "sure"],
  "points-length": ["Length of the film", "1 s", "2 h"],
};

let shown: unknown[] = [];

/** What the colours on the map mean; a click on one shows only what has it, another one everything. */
export function showLegend(context: Context, { view, filter }: State): void {
  const legend = byId<HTMLDetailsElement>("legend");
  const world = context.world();
  // A button that is exchanged while somebody presses it is not clicked: where the map is changes nothing here.
  const now = [world?.groups, view.layer, view.trust, filter.group.join()];
  if (now.every((value, i) => value === shown[i])) return;
  shown = now;
  const content: Node[] = [];
  if (world && view.layer === "points-film") content.push(...namedAll(context, world.groups, filter.group));
  if (view.layer in scales) content.push(make("p", {}, scales[view.layer][0]), scale(scales[view.layer][1], scales[view.layer][2]));
  if (view.trust && view.layer !== "points-trust") content.push(make("p", {}, "Certainty, by region"), scale("unsure", "sure"));
  // On a small screen it would cover the map.
  if (legend.hidden) legend.open = window.innerWidth > narrow;
  legend.replaceChildren(make("summary", {}, "Colours"), make("div", {}, ...content));
  legend.classList.toggle("points", view.layer !== "pictures");
  legend.hidden = content.length === 0;
}

function namedAll(context: Context, groups: Group[], chosen: number[]): HTMLElement[] {
  const films = distinct(groups.filter(({ films }) => films === 1).map(({ name }) => name));
  return groups.map((group) => named(context, group, films.get(group.name) || group.name, chosen));
}

function named({ store, world }: Context, group: Group, name: string, chosen: number[]): HTMLElement {
  const only = chosen.length === 1 && chosen[0] === group.number;
  return make(
    "button",
    {
      class: "quiet",
      "aria-pressed": String(only),
      title: `${group.name}: ${counted(group.films, "film")}, ${counted(group.frames, "frame")}; ${only ? "show all" : "show only these"}`,
      click: () => store.change({ filter: only ? noFilter : { ...noFilter, group: [group.number] } }),
    },
    dot(world()!.groups, { group: group.number }),
    make("span", { class: "cut" }, name),
  );
}
