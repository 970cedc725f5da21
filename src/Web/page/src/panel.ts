import type { Frame, MapApi, Neighbour, Neighbours, Selection, Strip } from "./api";
import { Refusal, sentence } from "./api";
import { byId, make, shortName, shortTime, thousands } from "./html";
import { player } from "./player";

export interface PanelActions {
  openFrame(number: number): void;
  showPath(frames: Frame[]): void;
  onlyFilm(film: string): void;
  closed(): void;
}

/** The side panel: a frame with its film and neighbours, a selection, the map's quality, what was found. */
export class Panel {
  private readonly element = byId<HTMLElement>("panel");
  private turn = 0;

  constructor(private readonly actions: PanelActions) {
    this.element.addEventListener("keydown", event => { if (event.key === "Escape") this.close(); });
  }

  close(): void {
    this.turn++;
    this.element.hidden = true;
    this.element.replaceChildren();
    this.actions.closed();
  }

  /** Puts content in; a heading and a way out come with it. */
  show(title: string, ...content: (Node | string | null)[]): void {
    this.turn++;
    this.element.replaceChildren(
      make("div", { class: "bar" }, make("h2", { title }, title), make("button", { "aria-label": "Close", title: "Close (Esc)", click: () => this.close() }, "✕")),
      ...content.filter((node): node is Node | string => node !== null));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    this.element.focus({ preventScroll: true });
  }

  async frame(api: MapApi, frame: Frame): Promise<void> {
    const [film, near] = [make("div", { class: "film" }), make("div", { class: "neighbours" }, make("p", {}, "Looking for neighbours …"))];
    this.show(shortName(frame.name),
      make("img", { class: "large", src: api.picture(frame.number), alt: `${frame.name} at ${frame.timecode}` }),
      make("p", { class: "facts" }, make("b", { class: "timecode" }, frame.timecode), ` · ${frame.name}`, frame.trust === null ? "" : ` · trust ${frame.trust.toFixed(2)}`),
      film, near);
    const turn = this.turn;
    const [strip, neighbours] = await Promise.allSettled([api.strip(frame.film), api.neighbours(frame.number)]);
    if (turn !== this.turn) return;
    film.replaceChildren(...settled(strip, value => this.film(api, value, frame)));
    near.replaceChildren(...settled(neighbours, value => this.neighbours(api, value)));
  }

  selection(api: MapApi, polygon: number[][], selection: Selection, box: { x: number; y: number; width: number }): void {
    const save = (format: string) => make("button", { click: () => void download(api, polygon, format) }, format.toUpperCase());
    this.show(`${thousands(selection.count)} frames selected`,
      selection.count === 0 ? make("p", {}, "Nothing lies here; draw around more of the map.") : make("p", { class: "actions" }, "Export ", save("csv"), save("json"), save("otio"),
        make("a", { class: "button", href: api.poster(box.x, box.y, box.width), download: `${api.collection}.png` }, "Poster of this region")),
      make("h3", {}, `${thousands(selection.films.length)} films`),
      make("ul", { class: "films" }, ...selection.films.slice(0, 50).map(film => make("li", {}, make("span", { title: film.name }, shortName(film.name)), make("small", {}, thousands(film.frames))))),
      make("h3", {}, "Frames"),
      make("ol", { class: "frames" }, ...selection.frames.slice(0, 200).map(frame => make("li", {},
        make("button", { click: () => this.actions.openFrame(frame.number) },
          make("img", { src: api.picture(frame.number), alt: "", loading: "lazy" }), make("span", {}, `${shortName(frame.name)} `, make("b", {}, shortTime(frame.timecode))))))));
  }

  /** Frames as small pictures that open. */
  grid(api: MapApi, found: Neighbour[], marked: Set<number> = new Set()): HTMLElement {
    return make("div", { class: "grid" }, ...found.map(({ frame, distance }) => make("button", {
      class: marked.has(frame.number) ? "both" : "", title: `${frame.name} at ${frame.timecode}, distance ${distance.toPrecision(3)}`, click: () => this.actions.openFrame(frame.number),
    }, make("img", { src: api.picture(frame.number), alt: `${frame.name} at ${frame.timecode}`, loading: "lazy" }))));
  }

  private film(api: MapApi, strip: Strip, frame: Frame): Node[] {
    const { film, frames } = strip;
    const [play, seek] = film.kind === "film" ? player(api, film, frame.number, frame.time) : [null, () => undefined];
    const current = frames.reduce((best, other) => Math.abs(other.time - frame.time) < Math.abs(best.time - frame.time) ? other : best, frames[0]);
    const row = make("div", { class: "strip", role: "list", "aria-label": "Frames of the film" }, ...frames.map(other => make("button", {
      role: "listitem", class: other === current ? "current" : "", title: shortTime(other.timecode), click: () => this.actions.openFrame(other.number),
    }, make("img", { src: api.picture(other.number), alt: `at ${other.timecode}`, loading: "lazy" }))));
    const scrub = make("input", {
      type: "range", min: 0, max: Math.max(0, frames.length - 1), value: frames.indexOf(current), "aria-label": "Move through the film",
      input: (event: Event) => {
        const other = frames[Number((event.target as HTMLInputElement).value)];
        row.children[frames.indexOf(other)].scrollIntoView({ inline: "center", block: "nearest" });
        this.element.querySelector<HTMLImageElement>("img.large")!.src = api.picture(other.number);
        this.element.querySelector(".timecode")!.textContent = other.timecode;
        seek(other.time);
      },
    });
    requestAnimationFrame(() => { row.scrollLeft = (row.children[frames.indexOf(current)] as HTMLElement).offsetLeft - row.clientWidth / 2; });
    return [
      ...(play ? [play] : []), row, scrub,
      make("p", { class: "actions" },
        make("button", { click: () => this.actions.showPath(frames) }, "Path on the map"),
        make("button", { click: () => this.actions.onlyFilm(film.id) }, "Only this film"),
        make("small", {}, `${thousands(film.frames)} frames${film.seconds > 0 ? ` · ${film.seconds.toFixed(1)} s` : ""}${film.day ? ` · ${film.day}` : ""}`)),
    ];
  }

  private neighbours(api: MapApi, found: Neighbours): Node[] {
    const both = new Set(found.true.map(other => other.frame.number).filter(number => found.map.some(other => other.frame.number === number)));
    return [
      make("h3", {}, "Nearest in truth"), this.grid(api, found.true, both),
      make("h3", {}, "Nearest on the map"), this.grid(api, found.map, both),
      make("p", {}, `${found.shared} of ${found.true.length} are both (outlined); the others show where the map lies.`),
      ...(found.clips.length > 0 ? [make("h3", {}, "Clips like this"), this.grid(api, found.clips)] : []),
    ];
  }
}

function settled<T>(result: PromiseSettledResult<T>, show: (value: T) => Node[]): Node[] {
  if (result.status === "fulfilled") return show(result.value);
  if (result.reason instanceof Refusal) return [make("p", { role: "alert" }, result.reason.message)];
  throw result.reason;
}

async function download(api: MapApi, polygon: number[][], format: string): Promise<void> {
  const response = await api.export(polygon, format);
  if (!response.ok) { alert(await sentence(response)); return; }
  const link = make("a", { href: URL.createObjectURL(await response.blob()), download: `${api.collection}.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
