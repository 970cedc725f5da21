import { noFilter } from "./address";
import type { Filter } from "./api";
import { byId } from "./html";

/** The form that chooses films and days. */
export function bindFilter(apply: (filter: Filter) => void): { show(filter: Filter): void } {
  const [button, form] = [byId<HTMLButtonElement>("filters"), byId<HTMLFormElement>("filter")];
  const [from, to] = [byId<HTMLInputElement>("from"), byId<HTMLInputElement>("to")];
  let films: string[] = [];
  const open = (shown: boolean) => {
    form.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
  };
  button.addEventListener("click", () => open(form.hidden === true));
  form.addEventListener("submit", event => { event.preventDefault(); apply({ film: films, from: from.value, to: to.value }); });
  form.addEventListener("reset", () => { open(false); apply(noFilter); });
  return {
    show(filter) {
      films = filter.film;
      [from.value, to.value] = [filter.from, filter.to];
      byId("filter-films").textContent = films.length === 0 ? "All films" : `${films.length} ${films.length === 1 ? "film" : "films"} only`;
      const active = films.length > 0 || filter.from !== "" || filter.to !== "";
      button.classList.toggle("active", active);
      if (active) open(true);
    },
  };
}
