import { type Film, type Frame, isAbort, type MapApi, type Match, Refusal } from "./api";
import { alertOf, make, waiting } from "./html";
import { clock, distinct } from "./names";

/** A film up to this long is compared as a whole, of a longer one at first the part around the frame. */
const shortFilm = 15;
const around = 5;

/** Stretches of films with a few of their frames, how alike they are and why; a click opens the first frame. */
export function matchList(api: MapApi, matches: Match[], open: (frame: number) => void): HTMLElement {
  if (matches.length === 0) return make("p", {}, "Nothing else is here to compare with.");
  const names = distinct(matches.map((match) => match.frame.name));
  return make(
    "ol",
    { class: "matches" },
    ...matches.map((match) => {
      const span = match.end > match.start ? `${clock(match.start)} – ${clock(match.end)}` : clock(match.start);
      return make(
        "li",
        {},
        make(
          "button",
          { title: `${match.frame.name}, ${span}: open this moment`, click: () => open(match.frame.number) },
          make(
            "span",
            { class: "stills" },
            ...match.frames.map((number) => make("img", { src: api.picture(number), alt: "", loading: "lazy" })),
          ),
          make(
            "span",
            { class: "line" },
            make("b", {}, names.get(match.frame.name)!),
            make("span", { class: "span" }, span),
            make(
              "span",
              { class: "score", title: `looks ${match.looks.toFixed(2)}, order ${match.order.toFixed(2)}` },
              match.isCopy ? "copy" : match.score.toFixed(2),
            ),
          ),
          make("span", { class: "bar-of", "aria-hidden": "true" }, make("i", { style: `width:${100 * match.score}%` })),
          make("small", {}, match.why),
        ),
      );
    }),
  );
}

/** The section of clips like the film, or its part around the frame, that is open. Returned with what ends its questions. */
export function clipsLike(api: MapApi, film: Film, frame: Frame, open: (frame: number) => void): [HTMLElement, () => void] {
  const [list, said] = [make("div", { "aria-live": "polite" }), make("p", { class: "pale" })];
  let asked = new AbortController();
  const ask = async (whole: boolean) => {
    asked.abort();
    asked = new AbortController();
    list.replaceChildren(waiting("Comparing films …"));
    try {
      const found = await api.similar(film.id, whole ? null : [Math.max(0, frame.time - around), frame.time + around], asked.signal);
      said.textContent =
        film.kind === "photo"
          ? "This photo, compared by what is seen."
          : `${clock(found.start)} – ${clock(found.end)}, compared by what is seen and in which order. 1 is the same.`;
      list.replaceChildren(matchList(api, found.matches, open));
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof Refusal)) throw error;
      list.replaceChildren(alertOf(error.message));
    }
  };
  const parts: [string, boolean][] =
    film.seconds > shortFilm
      ? [
          ["Around this moment", false],
          ["Whole film", true],
        ]
      : [];
  const buttons = parts.map(([name, whole], at) =>
    make(
      "button",
      {
        "aria-pressed": String(at === 0),
        click: (event: Event) => {
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === event.currentTarget));
          void ask(whole);
        },
      },
      name,
    ),
  );
  void ask(parts.length === 0);
  const choice = buttons.length > 0 && make("div", { class: "group small" }, ...buttons);
  return [make("section", { class: "similar" }, make("h3", {}, "Clips like this"), choice, said, list), () => asked.abort()];
}
