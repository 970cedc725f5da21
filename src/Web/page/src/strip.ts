import type { Film, Frame, MapApi, Strip } from "./api";
import { nearest } from "./geometry";
import { make } from "./html";
import { counted, shortTime, timecode } from "./names";

/** A film as a strip of frames with a slider: both show the moment that is open, and lead to others. */
export class FilmStrip {
  readonly element: HTMLElement;
  private readonly row: HTMLElement;
  private readonly slider: HTMLInputElement;
  private sliding = false;

  constructor(
    api: MapApi,
    private readonly strip: Strip,
    /** All times of the film's frames, which have numbers in a row from the first on. */
    times: number[],
    first: number,
    /** Opens a frame; the entry of the history is a new one but while the slider is held. */
    open: (frame: number, entry: "push" | "replace") => void,
  ) {
    const { frames } = strip;
    this.row = make(
      "div",
      {
        class: "strip",
        role: "group",
        "aria-label": "Frames of the film; arrow keys move",
        keydown: (event: KeyboardEvent) => step(event),
      },
      ...frames.map((frame) =>
        make(
          "button",
          { tabindex: -1, title: shortTime(frame.timecode), click: () => open(frame.number, "push") },
          make("img", { src: api.picture(frame.number), alt: `at ${frame.timecode}`, loading: "lazy" }),
        ),
      ),
    );
    this.slider = make("input", {
      type: "range",
      min: 0,
      max: Math.max(0, times.length - 1),
      step: 1,
      "aria-label": "Move through the film",
      input: () => {
        open(first + Number(this.slider.value), this.sliding ? "replace" : "push");
        this.sliding = true;
      },
      change: () => {
        this.sliding = false;
      },
    });
    this.times = times;
    this.element = make("div", { class: "film-strip", hidden: times.length < 2 }, this.row, this.slider);
  }

  private readonly times: number[];

  show(frame: Frame): void {
    const at = nearest(this.times, frame.time);
    this.slider.value = String(at);
    this.slider.setAttribute("aria-valuetext", timecode(this.times[at]));
    const current = nearest(
      this.strip.frames.map((other) => other.time),
      frame.time,
    );
    for (const [i, button] of [...this.row.children].entries()) {
      button.classList.toggle("current", i === current);
      // One stop of the Tab key; arrows go on from there.
      button.setAttribute("tabindex", i === current ? "0" : "-1");
      if (i === current)
        this.row.scrollLeft = (button as HTMLElement).offsetLeft - this.row.clientWidth / 2 + (button as HTMLElement).offsetWidth / 2;
    }
  }
}

function step(event: KeyboardEvent): void {
  const to = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  (document.activeElement?.[to as "nextElementSibling"] as HTMLElement | null)?.focus();
}

/** What is known about a film, in a line. */
export const filmFacts = (film: Film) =>
  [
    counted(film.frames, "frame"),
    film.seconds > 0 && `${film.seconds.toFixed(1)} s`,
    film.day && `${film.taken ? "taken" : "file changed"} ${film.day}`,
  ]
    .filter(Boolean)
    .join(" · ");
