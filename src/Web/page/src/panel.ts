import type { Frame, MapApi, Neighbour, Neighbours, Selection, Strip } from "./api";
import { Refusal, sentence } from "./api";
import { byId, make, shortName, shortTime, thousands } from "./html";
import { Player } from "./player";
import { clipsLike } from "./similar";

const filmsListed = 50;
const framesListed = 200;

export interface PanelActions {
  openFrame(number: number): void;
  showPath(frames: Frame[]): void;
  onlyFilm(film: string, too?: boolean): void;
  closed(): void;
}

/** The side panel: a frame with its film and neighbours, a selection, the map's quality, what was found. */
export class Panel {
  private readonly element = byId<HTMLElement>("panel");
  private shown = new AbortController();

  constructor(readonly actions: PanelActions) {
    this.element.addEventListener("keydown", event => { if (event.key === "Escape") this.close(); });
  }

  close(): void {
    this.shown.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
    this.actions.closed();
  }

  /** Puts content in, with a heading and a way out. The signal ends when something else is shown. */
  show(title: string, ...content: (Node | string | null)[]): AbortSignal {
    this.shown.abort();
    this.shown = new AbortController();
    this.element.replaceChildren(
      make("div", { class: "bar" }, make("h2", { title }, title), make("button", { class: "quiet", "aria-label": "Close", title: "Close (Esc)", click: () => this.close() }, "✕")),
      ...content.filter((node): node is Node | string => node !== null));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.element.focus({ preventScroll: true });
    return this.shown.signal;
  }

  async frame(api: MapApi, frame: Frame): Promise<void> {
    const player = new Player(api, frame);
    const [film, near, clips] = [make("div", { class: "film" }), make("div", { class: "neighbours" }, make("p", { class: "waiting" }, "Looking for neighbours …")), make("div")];
    const shown = this.show(shortName(frame.name),
      player.element,
      make("p", { class: "facts" }, make("b", { class: "timecode" }, frame.timecode), frame.trust !== null && make("span", { title: "Share of its true neighbours that are its neighbours on the map" }, `trust ${frame.trust.toFixed(2)}`), make("small", {}, frame.name)),
      film, near, clips);
    const neighbours = api.neighbours(frame.number, shown);
    neighbours.catch(() => undefined);
    await settle(film, api.strip(frame.film), shown, strip => {
      // The neighbours first: comparing clips keeps the server busy.
      void settle(near, neighbours, shown, found => this.neighbours(api, found)).then(() => {
        if (shown.aborted) return;
        const [section, end] = clipsLike(api, strip, frame, this.actions.openFrame);
        shown.addEventListener("abort", end);
        clips.replaceChildren(section);
      });
      player.offer(strip.film);
      return this.film(api, strip, frame, player);
    });
  }

  selection(api: MapApi, polygon: number[][], selection: Selection): void {
    const save = (name: string, extension: string, ask: () => Promise<Response>) => make("button", { click: (event: Event) => void download(event.currentTarget as HTMLButtonElement, `${api.collection}.${extension}`, ask) }, name);
    const list = (format: string) => save(format.toUpperCase(), format, () => api.export(polygon, format));
    this.show(`${thousands(selection.count)} ${selection.count === 1 ? "frame" : "frames"} selected`,
      ...selection.count === 0 ? [make("p", {}, "Nothing lies here; draw around more of the map.")] : [
        make("div", { class: "actions" }, make("span", {}, "Export"), list("csv"), list("json"), list("otio"), save("Poster of this region", "png", () => api.poster(polygon))),
        make("h3", {}, `${thousands(selection.films.length)} ${selection.films.length === 1 ? "film" : "films"}`),
        make("ul", { class: "films" }, ...selection.films.slice(0, filmsListed).map(film => make("li", {}, make("span", { title: film.name }, shortName(film.name)), make("small", {}, thousands(film.frames))))),
        more(selection.films.length, filmsListed),
        make("h3", {}, "Frames"),
        make("ol", { class: "frames" }, ...selection.frames.slice(0, framesListed).map(frame => make("li", {},
          make("button", { title: frame.name, click: () => this.actions.openFrame(frame.number) },
            make("img", { src: api.picture(frame.number), alt: "", loading: "lazy" }), make("span", {}, make("b", {}, shortTime(frame.timecode)), ` ${shortName(frame.name)}`))))),
        more(selection.count, framesListed),
      ]);
  }

  /** Frames as small pictures that open. */
  grid(api: MapApi, found: Neighbour[], marked: Set<number> = new Set()): HTMLElement {
    return make("div", { class: "grid" }, ...found.map(({ frame, distance }) => make("button", {
      class: marked.has(frame.number) ? "both" : "", title: `${frame.name} at ${frame.timecode}, distance ${distance.toPrecision(3)}`, click: () => this.actions.openFrame(frame.number),
    }, make("img", { src: api.picture(frame.number), alt: `${frame.name} at ${frame.timecode}`, loading: "lazy" }))));
  }

  private film(api: MapApi, strip: Strip, frame: Frame, player: Player): Node[] {
    const { film, frames } = strip;
    const current = frames.reduce((best, other) => Math.abs(other.time - frame.time) < Math.abs(best.time - frame.time) ? other : best, frames[0]);
    // One stop of the Tab key; arrows go on from there.
    const step = (event: KeyboardEvent) => {
      const to = event.key === "ArrowRight" ? "nextElementSibling" : event.key === "ArrowLeft" ? "previousElementSibling" : null;
      if (to !== null) { event.preventDefault(); (document.activeElement?.[to] as HTMLElement | null)?.focus(); }
    };
    const row = make("div", { class: "strip", role: "group", "aria-label": "Frames of the film; arrow keys move", keydown: step }, ...frames.map(other => make("button", {
      tabindex: other === current ? 0 : -1, class: other === current ? "current" : "", title: shortTime(other.timecode), click: () => this.actions.openFrame(other.number),
    }, make("img", { src: api.picture(other.number), alt: `at ${other.timecode}`, loading: "lazy" }))));
    const scrub = make("input", {
      type: "range", min: 0, max: Math.max(0, frames.length - 1), value: frames.indexOf(current), "aria-label": "Move through the film",
      input: (event: Event) => {
        const other = frames[Number((event.target as HTMLInputElement).value)];
        row.children[frames.indexOf(other)].scrollIntoView({ inline: "center", block: "nearest" });
        this.element.querySelector(".timecode")!.textContent = other.timecode;
        player.seek(other.number, other.time, `${other.name} at ${other.timecode}`);
      },
    });
    requestAnimationFrame(() => { row.scrollLeft = (row.children[frames.indexOf(current)] as HTMLElement).offsetLeft - row.clientWidth / 2; });
    return [
      ...(frames.length > 1 ? [row, scrub] : []),
      make("div", { class: "actions" },
        frames.length > 1 && make("button", { click: () => this.actions.showPath(frames) }, "Path on the map"),
        make("button", { click: () => this.actions.onlyFilm(film.id) }, film.kind === "photo" ? "Only this photo" : "Only this film"),
        make("small", {}, `${thousands(film.frames)} ${film.frames === 1 ? "frame" : "frames"}${film.seconds > 0 ? ` · ${film.seconds.toFixed(1)} s` : ""}${film.day ? ` · ${film.day}` : ""}`)),
    ];
  }

  private neighbours(api: MapApi, found: Neighbours): Node[] {
    const both = new Set(found.true.map(other => other.frame.number).filter(number => found.map.some(other => other.frame.number === number)));
    return [
      make("h3", {}, "Nearest in truth"), this.grid(api, found.true, both),
      make("h3", {}, "Nearest on the map"), this.grid(api, found.map, both),
      make("p", { class: "pale" }, found.shared === 0 ? "None is both: here the map lies." : found.shared === found.true.length ? "They are the same: here the map is true." : `${found.shared} of ${found.true.length} are both (outlined); the others show where the map lies.`),
    ];
  }
}

const more = (count: number, listed: number) => count > listed ? make("p", { class: "pale" }, `and ${thousands(count - listed)} more, which the exports have`) : null;

/** Fills an element with what was asked for, or with the server's sentence. */
async function settle<T>(element: HTMLElement, answer: Promise<T>, shown: AbortSignal, show: (value: T) => Node[]): Promise<void> {
  try {
    const value = await answer;
    if (!shown.aborted) element.replaceChildren(...show(value));
  } catch (error) {
    if ((error as Error).name === "AbortError" || shown.aborted) return;
    if (!(error instanceof Refusal)) throw error;
    element.replaceChildren(make("p", { role: "alert" }, error.message));
  }
}

async function download(button: HTMLButtonElement, name: string, ask: () => Promise<Response>): Promise<void> {
  button.disabled = true;
  try {
    const response = await ask();
    if (!response.ok) { alert(await sentence(response)); return; }
    const link = make("a", { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } finally {
    button.disabled = false;
  }
}
