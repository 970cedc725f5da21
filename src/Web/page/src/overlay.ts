import { isAbort, Refusal } from "./api";
import type { Place } from "./geometry";
import type { AtlasView, Part } from "./map";

export type Tool = "rectangle" | "lasso";

const namespace = "http://www.w3.org/2000/svg";
const mostCorners = 1500;

/** Lines over the map: a way, a mark, what is selected. Also where a selection is drawn with the pointer. */
export class Overlay {
  readonly svg = document.createElementNS(namespace, "svg");
  private way: Place[] = [];
  private polygon: number[][] = [];
  /** A frame by its number, or a place of something that is not on the map. */
  private mark: number | Place | null = null;
  private part: (Part & { shown: boolean }) | null = null;
  private asked = "";
  /** Questions so far about where the mark is, and the newest one that was answered. */
  private questions = 0;
  private located = 0;
  private tool: Tool | null = null;

  constructor(
    private readonly view: AtlasView,
    private readonly onSelect: (polygon: number[][]) => void,
  ) {
    this.svg.id = "overlay";
    this.svg.setAttribute("aria-hidden", "true");
    view.viewer.container.append(this.svg);
    view.viewer.addHandler("update-viewport", () => this.draw());
    this.svg.addEventListener("pointerdown", (event) => this.begin(event));
  }

  showWay(places: Place[]): void {
    this.way = places;
    this.draw();
  }

  showSelection(polygon: number[][]): void {
    this.polygon = polygon;
    this.draw();
  }

  showMark(mark: number | Place | null): void {
    this.mark = mark;
    // While the new place is asked for the mark stays at the old one, so that it moves and does not blink.
    if (typeof mark !== "number") {
      this.part = null;
      this.located = ++this.questions;
    }
    this.asked = "";
    this.draw();
  }

  /** With a tool the pointer draws; without one it moves the map. */
  use(tool: Tool | null): void {
    this.tool = tool;
    this.svg.classList.toggle("drawing", tool !== null);
  }

  private begin(event: PointerEvent): void {
    const box = this.svg.getBoundingClientRect();
    const place = (at: PointerEvent) => this.view.toMap({ x: at.clientX - box.left, y: at.clientY - box.top });
    const start = place(event);
    this.svg.setPointerCapture(event.pointerId);
    this.polygon = [[start.x, start.y]];
    const move = (at: PointerEvent) => {
      const { x, y } = place(at);
      if (this.tool === "rectangle")
        this.polygon = [
          [start.x, start.y],
          [x, start.y],
          [x, y],
          [start.x, y],
        ];
      else {
        // A browser with much to do hands several places of the pointer over at once.
        const passed = at.getCoalescedEvents().map(place);
        const corners = (passed.length > 0 ? passed : [{ x, y }]).map((corner) => [corner.x, corner.y]);
        this.polygon.push(...corners.slice(0, mostCorners - this.polygon.length));
      }
      this.draw();
    };
    const ends = new AbortController();
    const end = () => {
      ends.abort();
      if (this.polygon.length >= 3) this.onSelect(this.polygon.map((corner) => corner.map((value) => Math.max(-1, Math.min(2, value)))));
    };
    this.svg.addEventListener("pointermove", move, { signal: ends.signal });
    for (const name of ["pointerup", "pointercancel"] as const) this.svg.addEventListener(name, end, { signal: ends.signal });
  }

  private draw(): void {
    this.svg.replaceChildren();
    if (!this.view.ready) return;
    const points = (places: Place[]) => places.map((place) => this.at(place)).join(" ");
    if (this.polygon.length > 1)
      this.svg.append(shape("polygon", { points: points(this.polygon.map(([x, y]) => ({ x, y }))), class: "selection" }));
    if (this.way.length > 1) {
      const line = points(this.way);
      this.svg.append(shape("polyline", { points: line, class: "path-edge" }), shape("polyline", { points: line, class: "path" }));
      for (const place of this.way) this.svg.append(this.circle(place, 3, "step"));
    }
    if (typeof this.mark === "number") void this.locate(this.mark);
    if (this.part) this.svg.append(...this.framed(this.part));
    else if (this.mark !== null && typeof this.mark !== "number")
      this.svg.append(this.circle(this.mark, 10, "mark-edge"), this.circle(this.mark, 10, "mark"));
  }

  /** A ring at a point; a frame around a picture, with dashes where it is another one of the marked frame's cell. */
  private framed({ x, y, width = 0, height = 0, shown }: Part & { shown: boolean }): SVGElement[] {
    if (width === 0) return [this.circle({ x, y }, 10, "mark-edge"), this.circle({ x, y }, 10, "mark")];
    const from = this.view.toPixel({ x: x - width / 2, y: y - height / 2 });
    const to = this.view.toPixel({ x: x + width / 2, y: y + height / 2 });
    const size = { x: fixed(from.x), y: fixed(from.y), width: fixed(to.x - from.x), height: fixed(to.y - from.y), rx: "2" };
    const dashes: Record<string, string> = shown ? {} : { "stroke-dasharray": "9 6" };
    return ["mark-edge", "mark"].map((name) => shape("rect", { ...size, ...dashes, class: name }));
  }

  /** Asks where the marked frame is where that may have changed: other pictures are shown when they have another size. */
  private async locate(number: number): Promise<void> {
    const key = `${number} ${this.view.showsPictures ? this.view.level : "point"}`;
    if (this.asked === key) return;
    this.asked = key;
    const question = ++this.questions;
    try {
      const part = await this.view.placeOf(number);
      // An answer is good until a newer one is here: while a film plays, each comes when the next frame has been asked for.
      if (question < this.located) return;
      this.located = question;
      this.part = part;
      this.draw();
    } catch (error) {
      if (!(error instanceof Refusal || isAbort(error))) throw error;
      if (this.asked === key) this.part = null;
    }
  }

  private at(place: Place): string {
    const { x, y } = this.view.toPixel(place);
    return `${fixed(x)},${fixed(y)}`;
  }

  private circle(place: Place, radius: number, name: string): SVGElement {
    const { x, y } = this.view.toPixel(place);
    return shape("circle", { cx: fixed(x), cy: fixed(y), r: String(radius), class: name });
  }
}

const fixed = (value: number) => value.toFixed(1);

function shape(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
