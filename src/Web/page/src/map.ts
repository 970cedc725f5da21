import OpenSeadragon from "openseadragon";
import type { MapApi, MapDocument } from "./api";
import { type Place, tileLevel, wheelFactor } from "./geometry";
import type { View } from "./state";
import { mapSource, shrink } from "./tiles";

const mostDensity = 4;
const deepest = 18;
const settleMilliseconds = 400;
/** Share of the window's width and height at its edge where nothing is moved to. */
const edge = 0.08;

export type Window = Pick<View, "x" | "y" | "width">;

/** A part of the map: a place, or a picture around it. */
export interface Part extends Place {
  width?: number;
  height?: number;
}

/** The map on the screen. Its coordinates are the map's own: 0 to 1 across and down. */
export class AtlasView {
  readonly viewer: OpenSeadragon.Viewer;
  /** Told where the map came to rest, and whether somebody moved it there. */
  onSettled: (byHand: boolean) => void = () => undefined;
  private api!: MapApi;
  private map!: MapDocument;
  private layer = "pictures";
  /** Halvings of a tile that make a picture, as the tiles that are shown have them. */
  private density = 0;
  private byHand = false;
  private timer = 0;

  constructor(element: HTMLElement) {
    this.viewer = OpenSeadragon({
      element,
      drawer: "canvas",
      autoResize: false,
      showNavigationControl: false,
      showNavigator: false,
      minPixelRatio: 1,
      minZoomImageRatio: 0.6,
      maxZoomPixelRatio: 4,
      visibilityRatio: 0.4,
      animationTime: 0.4,
      blendTime: 0,
      imageLoaderLimit: 8,
      maxImageCacheCount: 300,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false, scrollToZoom: false },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: false },
      gestureSettingsPen: { clickToZoom: false, dblClickToZoom: false },
      crossOriginPolicy: false,
    } as OpenSeadragon.Options);
    const canvas = this.viewer.canvas;
    canvas.setAttribute("role", "application");
    canvas.setAttribute(
      "aria-label",
      "Map of frames: arrows move, plus and minus zoom, 0 shows all, Enter opens the frame in the middle, question mark tells all keys",
    );
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => this.resize()).observe(element);
    for (const gesture of ["canvas-drag", "canvas-pinch", "canvas-key"] as const) this.viewer.addHandler(gesture, () => this.moves());
    this.viewer.addHandler("animation-finish", () => this.rest());
    this.watch();
  }

  /** Says on the element whether everything that is in view is drawn. */
  private watch(): void {
    const { element, world } = this.viewer;
    let pending = 0;
    const update = () => {
      const items = Array.from({ length: world.getItemCount() }, (_, i) => world.getItemAt(i));
      element.dataset.drawn = String(items.length > 0 && items.every((item) => item.getFullyLoaded()));
    };
    this.viewer.addHandler("update-viewport", () => {
      cancelAnimationFrame(pending);
      pending = requestAnimationFrame(update);
    });
    world.addHandler("add-item", ({ item }) => {
      element.dataset.drawn = "false";
      item.addHandler("fully-loaded-change", update);
    });
  }

  /** Somebody moves the map: where it comes to rest is worth an entry in the history. */
  private moves(): void {
    this.byHand = true;
    clearTimeout(this.timer);
  }

  private rest(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (!this.ready) return;
      this.onSettled(this.byHand);
      this.byHand = false;
    }, settleMilliseconds);
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const box = this.viewer.canvas.getBoundingClientRect();
    const point = new OpenSeadragon.Point(event.clientX - box.left, event.clientY - box.top);
    this.moves();
    this.viewer.viewport.zoomBy(wheelFactor(event), this.viewer.viewport.pointFromPixel(point, true));
    this.viewer.viewport.applyConstraints();
    this.rest();
  }

  /** In a window of another size the same pixels stay where they are, at the upper left; a whole map that has more room fills it. */
  private resize(): void {
    const { viewport, container } = this.viewer;
    const [old, before] = [viewport.getContainerSize(), viewport.getBounds()];
    const size = new OpenSeadragon.Point(container.clientWidth, container.clientHeight);
    if (size.x === 0 || (old.x === size.x && old.y === size.y)) return;
    viewport.resize(size, false);
    const width = (before.width * size.x) / Math.max(1, old.x);
    const whole = this.map && before.width >= 0.999 && before.height >= 0.999 / this.aspect;
    if (whole && size.x >= old.x && size.y >= old.y) this.go({ x: 0.5, y: 0.5, width: this.wholeWidth }, true);
    else viewport.fitBounds(new OpenSeadragon.Rect(before.x, before.y, width, (width * size.y) / size.x), true);
    this.viewer.forceRedraw();
    this.rest();
  }

  /** Whether there is a map whose places can be told on the screen. */
  get ready(): boolean {
    return this.map !== undefined && this.viewer.world.getItemCount() > 0;
  }

  get aspect(): number {
    return this.map.tileWidth / this.map.tileHeight;
  }

  get showsPictures(): boolean {
    return this.layer === "pictures";
  }

  /** Shows a map, or another layer of the one that is shown. */
  show(api: MapApi, map: MapDocument, view: View, onDark: boolean): void {
    Object.assign(this, { api, map, layer: view.layer, density: this.densityFor(view.pictures, map) });
    this.viewer.element.dataset.layer = view.layer;
    this.viewer.element.dataset.drawn = "false";
    this.viewer.world.removeAll();
    const pictures = this.showsPictures;
    // Shades lie over pictures, but below points.
    if (view.trust && !pictures) this.add("trust", 0.4);
    this.add(pictures ? `pictures${this.density}` : view.layer + (onDark ? "-dark" : ""), 1, () => this.go(view, true));
    if (view.trust && pictures) this.add("trust", 0.5);
  }

  private add(name: string, opacity: number, success?: () => void): void {
    const tileSource = mapSource(this.api, this.map, name, Math.min(this.map.levels, deepest));
    this.viewer.addTiledImage({ tileSource, opacity, success: success as unknown as (event: Event) => void });
  }

  /** Halvings of a tile that make a picture, so that about as many are side by side as were asked for. */
  private densityFor(pictures: number, map: MapDocument): number {
    const tileOnScreen = (map.tileWidth * shrink * Math.SQRT2) / pixelRatio();
    return Math.max(0, Math.min(mostDensity, Math.round(Math.log2((tileOnScreen * pictures) / roomWidth()))));
  }

  /** Level of the picture grid that is on the screen: the plane is 2^level pictures wide. */
  get level(): number {
    const width = this.viewer.container.clientWidth / this.viewer.viewport.getBounds(true).width;
    return tileLevel(width, pixelRatio(), this.map.tileWidth * shrink, Math.min(this.map.levels, deepest)) + this.density;
  }

  get window(): Window {
    const bounds = this.viewer.viewport.getBounds();
    return { x: clamp(bounds.x + bounds.width / 2), y: clamp((bounds.y + bounds.height / 2) * this.aspect), width: bounds.width };
  }

  /** The corners of what is in view. */
  get corners(): number[][] {
    const { x, y, width, height } = this.viewer.viewport.getBounds();
    const [left, right, top, bottom] = [clamp(x), clamp(x + width), clamp(y * this.aspect), clamp((y + height) * this.aspect)];
    return [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ];
  }

  /** Zooms about the middle, by a button or key. */
  zoom(factor: number): void {
    this.moves();
    this.viewer.viewport.zoomBy(factor);
    this.viewer.viewport.applyConstraints();
    this.rest();
  }

  /** Shows the whole map, by a button or key. */
  whole(): void {
    this.moves();
    this.go({ x: 0.5, y: 0.5, width: this.wholeWidth });
    this.rest();
  }

  go({ x, y, width }: Window, immediately = false): void {
    const { container, viewport } = this.viewer;
    viewport.resize(new OpenSeadragon.Point(container.clientWidth, container.clientHeight), false);
    const height = (width * container.clientHeight) / container.clientWidth;
    viewport.fitBounds(new OpenSeadragon.Rect(x - width / 2, y / this.aspect - height / 2, width, height), immediately);
  }

  /** Moves so that a part of the map is in view, without zooming; stays where it is in view already. */
  reveal({ x, y, width = 0, height = 0 }: Part): void {
    this.resize();
    const bounds = this.viewer.viewport.getBounds();
    const outside = (middle: number, size: number, from: number, length: number) =>
      middle - size / 2 < from + edge * length || middle + size / 2 > from + (1 - edge) * length;
    const down = y / this.aspect;
    // What is larger than the window is seen wherever its middle is.
    const [across, tall] = [Math.min(width, bounds.width / 2), Math.min(height / this.aspect, bounds.height / 2)];
    if (outside(x, across, bounds.x, bounds.width) || outside(down, tall, bounds.y, bounds.height))
      this.viewer.viewport.panTo(new OpenSeadragon.Point(x, down));
  }

  /** Moves and zooms so that places, and something around them, are in view. */
  surround(places: Place[], least: number): void {
    this.resize();
    const [across, down] = [places.map((place) => place.x), places.map((place) => place.y)];
    const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
    const { clientWidth, clientHeight } = this.viewer.container;
    const shape = clientWidth / clientHeight / this.aspect;
    const width = Math.max(least, 1.6 * (right - left), 1.6 * (bottom - top) * shape);
    // Nothing is beside the map.
    const within = (middle: number, size: number) => (size >= 1 ? 0.5 : Math.max(size / 2, Math.min(1 - size / 2, middle)));
    this.go({ x: within((left + right) / 2, width), y: within((top + bottom) / 2, width / shape), width });
  }

  /** The picture that a frame has on the map, or its point. `shown`: whether the picture is the frame, not another one of its cell. */
  async placeOf(number: number): Promise<Part & { shown: boolean }> {
    if (!this.showsPictures) return { ...(await this.api.frame(number)), shown: true, width: 0, height: 0 };
    const { level, x, y, shown } = await this.api.cell(number, this.level);
    const side = 2 ** -level;
    return { x: (x + 0.5) * side, y: (y + 0.5) * side, width: side, height: side, shown };
  }

  toMap(pixel: Place): Place {
    const point = this.viewer.viewport.pointFromPixel(new OpenSeadragon.Point(pixel.x, pixel.y), true);
    return { x: point.x, y: point.y * this.aspect };
  }

  toPixel({ x, y }: Place): Place {
    return this.viewer.viewport.pixelFromPoint(new OpenSeadragon.Point(x, y / this.aspect), true);
  }

  /** The frame under a place: the picture that is drawn there, or the nearest point. */
  frameAt({ x, y }: Place, signal?: AbortSignal) {
    return this.showsPictures ? this.api.shown(x, y, this.level, signal) : this.api.near(x, y, signal);
  }

  /** Width of the window that holds the whole map. */
  private get wholeWidth(): number {
    return Math.max(1, this.filled(this.map));
  }

  /** Width of the window at first: the whole map, but half way to filling the height of a screen that is upright. */
  firstWidth(map: MapDocument): number {
    const { clientWidth, clientHeight } = this.viewer.container;
    const filled = this.filled(map);
    return clientWidth < clientHeight && filled < 1 ? Math.sqrt(filled) : Math.max(1, filled);
  }

  /** Pictures side by side at first. */
  get firstPictures(): number {
    return Math.max(3, Math.round(roomWidth() / 110));
  }

  private filled(map: MapDocument): number {
    const { clientWidth, clientHeight } = this.viewer.container;
    return clientWidth / clientHeight / (map.tileWidth / map.tileHeight);
  }
}

/** Pixels across of the room that map and panel share: a panel that is open or not must not change how many pictures there are. */
const roomWidth = () => document.documentElement.clientWidth;

/** Pixels of the screen in one of the page, as OpenSeadragon counts them. */
const pixelRatio = () => (OpenSeadragon as unknown as { pixelDensityRatio: number }).pixelDensityRatio;

const clamp = (value: number) => Math.max(0, Math.min(1, value));
