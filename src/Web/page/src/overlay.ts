import { Refusal, type Cell } from "./api";
import type { AtlasView } from "./map";

export interface Mark { x: number; y: number; number?: number }

const namespace = "http://www.w3.org/2000/svg";

/** Lines over the map: a film's path, a mark, what is selected. Also where a selection is drawn with the pointer. */
export class Overlay {
  readonly svg = document.createElementNS(namespace, "svg");
  private path: { x: number; y: number }[] = [];
  private polygon: number[][] = [];
  private mark: Mark | null = null;
  private cell: Cell | null = null;
  private cellKey = "";
  private tool: "rectangle" | "lasso" | null = null;

  constructor(private readonly view: AtlasView, private readonly onSelect: (polygon: number[][]) => void) {
    this.svg.id = "overlay";
    this.svg.setAttribute("aria-hidden", "true");
    view.viewer.container.append(this.svg);
    view.viewer.addHandler("update-viewport", () => this.draw());
    this.svg.addEventListener("pointerdown", event => this.begin(event));
  }

  showPath(frames: { x: number; y: number }[]): void { this.path = frames; this.draw(); }
  showMark(mark: Mark | null): void { this.mark = mark; this.cell = null; this.cellKey = ""; this.draw(); }
  showSelection(polygon: number[][]): void { this.polygon = polygon; this.draw(); }

  /** With a tool the pointer draws; without one it moves the map. */
  use(tool: "rectangle" | "lasso" | null): void {
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
      if (this.tool === "rectangle") this.polygon = [[start.x, start.y], [x, start.y], [x, y], [start.x, y]];
      else if (this.polygon.length < 1500) this.polygon.push([x, y]);
      this.draw();
    };
    const end = () => {
      this.svg.removeEventListener("pointermove", move);
      this.svg.removeEventListener("pointerup", end);
      this.svg.removeEventListener("pointercancel", end);
      if (this.polygon.length >= 3) this.onSelect(this.polygon.map(corner => corner.map(value => Math.max(-1, Math.min(2, value)))));
    };
    this.svg.addEventListener("pointermove", move);
    this.svg.addEventListener("pointerup", end);
    this.svg.addEventListener("pointercancel", end);
  }

  private draw(): void {
    const points = (places: { x: number; y: number }[]) => places.map(({ x, y }) => this.view.toPixel(x, y)).map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    this.svg.replaceChildren();
    if (!this.view.ready) return;
    if (this.polygon.length > 1) this.svg.append(shape("polygon", { points: points(this.polygon.map(([x, y]) => ({ x, y }))), class: "selection" }));
    if (this.path.length > 1) {
      this.svg.append(shape("polyline", { points: points(this.path), class: "path-edge" }), shape("polyline", { points: points(this.path), class: "path" }));
      for (const frame of this.path) this.svg.append(this.dot(frame, 3, "step"));
    }
    if (this.mark) this.svg.append(...this.marked(this.mark));
  }

  /** A ring at the place; among pictures a frame around the one that has the marked frame, which may stand beside its place. */
  private marked(mark: Mark): SVGElement[] {
    const both = (tag: string, attributes: Record<string, string>) => ["mark-edge", "mark"].map(name => shape(tag, { ...attributes, class: name }));
    if (mark.number === undefined || !this.view.showsPictures) {
      const { x, y } = this.view.toPixel(mark.x, mark.y);
      return both("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: "10" });
    }
    void this.ask(mark.number);
    if (this.cell === null) return [];
    const side = 2 ** -this.cell.level;
    const [from, to] = [this.view.toPixel(this.cell.x * side, this.cell.y * side), this.view.toPixel((this.cell.x + 1) * side, (this.cell.y + 1) * side)];
    return both("rect", { x: from.x.toFixed(1), y: from.y.toFixed(1), width: (to.x - from.x).toFixed(1), height: (to.y - from.y).toFixed(1), rx: "2", ...(this.cell.shown ? {} : { "stroke-dasharray": "9 6" }) });
  }

  /** Asks for the marked frame's cell where the pictures have another size now. */
  private async ask(number: number): Promise<void> {
    const key = `${number} ${this.view.level}`;
    if (this.cellKey === key) return;
    this.cellKey = key;
    try {
      const cell = await this.view.cell(number);
      if (this.cellKey === key) { this.cell = cell; this.draw(); }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private dot(place: { x: number; y: number }, radius: number, name: string): SVGElement {
    const { x, y } = this.view.toPixel(place.x, place.y);
    return shape("circle", { cx: x.toFixed(1), cy: y.toFixed(1), r: String(radius), class: name });
  }
}

function shape(tag: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}
