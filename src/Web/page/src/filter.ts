import { noFilter } from "./address";
import type { Filter, MapApi } from "./api";
import { byId, make, shortName } from "./html";

/** The form that chooses films and days. */
export function bindFilter(apply: (filter: Filter) => void): { show(api: MapApi, filter: Filter): void } {
  const [button, form, list] = [byId<HTMLButtonElement>("filters"), byId<HTMLFormElement>("filter"), byId("filter-films")];
  const [from, to] = [byId<HTMLInputElement>("from"), byId<HTMLInputElement>("to")];
  let films: string[] = [];
  const open = (shown: boolean) => {
    form.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => open(form.hidden === true));
  form.addEventListener("submit", event => { event.preventDefault(); apply({ film: films, from: from.value, to: to.value }); });
  form.addEventListener("reset", () => { open(false); apply(noFilter); });

  const chip = (api: MapApi, film: string) => {
    const name = make("span", {}, "…");
    void api.strip(film, 2).then(strip => { name.textContent = shortName(strip.film.name); }, () => { name.textContent = film; });
    return make("button", { type: "button", title: "Leave this film out of the filter", click: () => apply({ film: films.filter(other => other !== film), from: from.value, to: to.value }) }, name, "✕");
  };
  return {
    show(api, filter) {
      films = filter.film;
      [from.value, to.value] = [filter.from, filter.to];
      list.replaceChildren(...films.length === 0 ? [make("small", {}, "All films. To choose some, find them by name and press “Only”.")] : films.map(film => chip(api, film)));
      const active = films.length > 0 || filter.from !== "" || filter.to !== "";
      button.classList.toggle("active", active);
      if (active) open(true);
    },
  };
}
