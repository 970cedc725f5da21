import type { Films } from "./api";
import { type Context, dot, openFrame } from "./context";
import { byId, make, waiting } from "./html";
import { counted, distinct } from "./names";
import { type Panel, settle } from "./panel";

const filmsListed = 60;
const typingMilliseconds = 200;

/** The field that finds films by name: a click lists all, typing leaves those with all the words. */
export function bindSearch({ store }: Context): void {
  const [form, input] = [byId<HTMLFormElement>("find"), byId<HTMLInputElement>("search")];
  let timer = 0;
  const search = () => {
    const { query, open, selection, asking } = store.state;
    const shown = query?.kind === "films" && open === null && selection === null && asking === null;
    if (shown && query.text === input.value) return;
    store.change({ query: { kind: "films", text: input.value }, open: null, path: false, selection: null }, shown ? "replace" : "push");
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, typingMilliseconds);
  });
  input.addEventListener("click", search);
  input.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    clearTimeout(timer);
    if (store.state.query?.kind !== "films") input.value = "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search();
  });
  byId("summary").addEventListener("click", () => {
    input.value = "";
    search();
  });
  store.follow(({ query }, before) => {
    const text = query?.kind === "films" ? query.text : "";
    const closed = query?.kind !== "films" && before.query?.kind === "films";
    if ((closed || document.activeElement !== input) && input.value !== text) input.value = text;
  });
}

/** Films whose names have the words that were typed. */
export function showFilms(context: Context, panel: Panel, text: string): void {
  const list = make("div", {}, waiting("Looking for films …"));
  const shown = panel.show(text === "" ? "Films" : `Films with “${text}”`, null, list);
  void settle(list, context.world()!.api.films(text, filmsListed, shown), shown, (found) => rows(context, found));
}

function rows(context: Context, { total, films }: Films): Node[] {
  const { groups, api } = context.world()!;
  const names = distinct(films.map((film) => film.name));
  if (films.length === 0) return [make("p", {}, "No film has all these words in its name.")];
  return [
    make(
      "p",
      { class: "pale" },
      total > films.length ? `The first ${films.length} of ${counted(total, "film")}; type more of the name.` : counted(total, "film"),
    ),
    make(
      "ul",
      { class: "films" },
      ...films.map((film) => {
        const name = names.get(film.name)!;
        const open = async () => {
          const { frames } = await api.strip(film.id, 2);
          openFrame(context, frames[0].number, true);
        };
        const only = () => {
          const { filter } = context.store.state;
          context.store.change({ filter: { ...filter, film: [...new Set([...filter.film, film.id])] } });
        };
        return make(
          "li",
          {},
          make(
            "button",
            { class: "quiet name", title: film.name, click: () => void open() },
            dot(groups, film),
            make("span", {}, name),
            make("small", {}, film.kind === "photo" ? "photo" : `${film.seconds.toFixed(0)} s`),
          ),
          make(
            "button",
            { "aria-label": `Only ${name}`, title: "Show only this film, or this one too where a filter is on", click: only },
            "Only",
          ),
        );
      }),
    ),
  ];
}
