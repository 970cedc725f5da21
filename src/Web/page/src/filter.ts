import { type Filter, type MapApi, Refusal } from "./api";
import type { Context } from "./context";
import { dayOf, monday, readable } from "./days";
import { byId, make } from "./html";
import { distinct } from "./names";
import { isFiltered, noFilter } from "./state";

/** A filter without the films and groups that a map has not, which are named. */
export async function known(api: Pick<MapApi, "groups" | "strip">, filter: Filter): Promise<[Filter, string[]]> {
  const groups = filter.group.length > 0 ? await api.groups() : [];
  const films = await Promise.all(filter.film.map((film) => isThere(api, film)));
  const [film, noFilm] = [filter.film.filter((_, i) => films[i]), filter.film.filter((_, i) => !films[i])];
  const [group, noGroup] = [filter.group.filter((at) => at < groups.length), filter.group.filter((at) => at >= groups.length)];
  const unknown = [...noFilm.map((id) => `film ‘${id}’`), ...noGroup.map((at) => `group ‘${at}’`)];
  return [{ ...filter, film, group }, unknown.map((what) => `there is no ${what} on this map`)];
}

async function isThere(api: Pick<MapApi, "strip">, film: string): Promise<boolean> {
  try {
    await api.strip(film, 1);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return false;
  }
}

/** The form that chooses films and days. */
export function bindFilter({ store, world }: Context): { show(): void } {
  const [button, form, list] = [byId<HTMLButtonElement>("filters"), byId<HTMLFormElement>("filter"), byId("filter-films")];
  const [from, to, since] = ["from", "to", "since"].map((id) => byId<HTMLInputElement>(id));
  const open = (shown: boolean) => {
    form.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => open(form.hidden === true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    store.change({ filter: { ...store.state.filter, from: from.value, to: to.value, since: since.value } });
  });
  const newSince = (id: string, day: (now: Date) => string) =>
    byId(id).addEventListener("click", () => {
      const wish = day(new Date());
      store.change({ filter: { ...store.state.filter, since: store.state.filter.since === wish ? "" : wish } });
    });
  newSince("since-today", dayOf);
  newSince("since-monday", monday);
  form.addEventListener("reset", () => {
    open(false);
    store.change({ filter: noFilter });
  });

  const chip = (text: string | Promise<string>, leave: () => void) => {
    const name = make("span", {}, "…");
    void Promise.resolve(text).then((known) => {
      name.textContent = known;
    });
    return make("button", { type: "button", title: "Leave this out of the filter", click: leave }, name, "✕");
  };
  return {
    show() {
      const { api, groups } = world()!;
      const { filter } = store.state;
      [from.value, to.value, since.value] = [filter.from, filter.to, filter.since];
      const now = new Date();
      byId("since-today").setAttribute("aria-pressed", String(filter.since === dayOf(now)));
      byId("since-monday").setAttribute("aria-pressed", String(filter.since === monday(now)));
      const names = Promise.all(
        filter.film.map((film) =>
          api.strip(film, 2).then(
            (strip) => strip.film.name,
            () => film,
          ),
        ),
      );
      const films = filter.film.map((film, i) =>
        chip(
          names.then((all) => distinct(all).get(all[i])!),
          () => store.change({ filter: { ...filter, film: filter.film.filter((other) => other !== film) } }),
        ),
      );
      const colours = filter.group.map((group) =>
        chip(groups[group]?.name ?? `group ${group}`, () =>
          store.change({ filter: { ...filter, group: filter.group.filter((other) => other !== group) } }),
        ),
      );
      const came =
        filter.since === "" ? [] : [chip(`New since ${readable(filter.since)}`, () => store.change({ filter: { ...filter, since: "" } }))];
      const all = make("small", {}, "All films. To choose some, find them by name and press “Only”, or click a colour of the legend.");
      const chips = [...came, ...colours, ...films];
      list.replaceChildren(...(chips.length === 0 ? [all] : chips));
      button.classList.toggle("active", isFiltered(filter));
      // A colour that is chosen in the legend must not move the legend.
      if (isFiltered({ ...filter, group: [] })) open(true);
    },
  };
}
