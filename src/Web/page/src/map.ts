import OpenSeadragon from "openseadragon";
import type { MapApi, MapDocument } from "./api";

/** Tiles are drawn at up to one and a third of their pixels, never blurred by more than a half: a declared size below the true one. */
const shrink = 0.75;
const mostDensity = 4;

export interface Window { x: number; y: number; width: number }

/** The map on the screen. Its coordinates are the map's own: 0 to 1 across and down. */
export class AtlasView {
  readonly viewer: OpenSeadragon.Viewer;
  private api!: MapApi;
  private map!: MapDocument;
  private layer = "pictures";
  /** Halvings of a tile that make a picture, as the tiles that are shown have them. */
  private density = 0;

  constructor(element: HTMLElement) {
    this.viewer = OpenSeadragon({
      element,
      drawer: "canvas",
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
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
      gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: true },
      crossOriginPolicy: false,
      preserveImageSizeOnResize: true,
    } as OpenSeadragon.Options);
    const canvas = this.viewer.canvas;
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-label", "Map of frames: arrows move, plus and minus zoom, 0 shows all, Enter opens the frame in the middle");
    this.watch();
  }

  /** Says on the element whether everything that is in view is drawn. */
  private watch(): void {
    const element = this.viewer.element;
    let pending = 0;
    const update = () => {
      const items = Array.from({ length: this.viewer.world.getItemCount() }, (_, i) => this.viewer.world.getItemAt(i));
      element.dataset.drawn = String(items.length > 0 && items.every(item => item.getFullyLoaded()));
    };
    this.viewer.addHandler("update-viewport", () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(update); });
    this.viewer.world.addHandler("add-item", ({ item }) => { element.dataset.drawn = "false"; item.addHandler("fully-loaded-change", update); });
  }

  /** Whether there is a map whose places can be told on the screen. */
  get ready(): boolean { return this.map !== undefined && this.viewer.world.getItemCount() > 0; }

  get aspect(): number { return this.map.tileWidth / this.map.tileHeight; }

  /** Shows a map, or another layer of the one that is shown; the window stays where it is. */
  show(api: MapApi, map: MapDocument, layer: string, pictures: number, trust: boolean, window?: Window): void {
    const keep = window ?? (this.viewer.world.getItemCount() > 0 ? this.window : undefined);
    Object.assign(this, { api, map, layer });
    this.density = this.densityFor(pictures);
    this.viewer.element.dataset.layer = layer;
    this.viewer.world.removeAll();
    // Shades lie over pictures, but below points.
    if (trust && !this.showsPictures) this.add("trust", 0.4);
    this.add(this.layer === "pictures" ? `pictures${this.density}` : this.layer, 1, () => keep && this.go(keep, true));
    if (trust && this.showsPictures) this.add("trust", 0.5);
  }

  private add(name: string, opacity: number, success?: () => void): void {
    const { tileWidth, tileHeight, levels } = this.map;
    const [width, height, maxLevel] = [tileWidth * shrink, tileHeight * shrink, Math.min(levels, 18)];
    const source = new OpenSeadragon.TileSource({ width: width * 2 ** maxLevel, height: height * 2 ** maxLevel, tileWidth: width, tileHeight: height, minLevel: 0, maxLevel, ready: true });
    const bounds = source.getTileBounds.bind(source);
    source.getTileUrl = (level: number, x: number, y: number) => this.api.tile(name, level, x, y);
    // The part of a tile's file that is drawn: all of it, though it has more pixels than were declared.
    source.getTileBounds = (level: number, x: number, y: number, isSource?: boolean) =>
      isSource ? new OpenSeadragon.Rect(0, 0, tileWidth, tileHeight) : bounds(level, x, y);
    this.viewer.addTiledImage({
      tileSource: source,
      opacity,
      success: success as unknown as (event: Event) => void,
    });
  }

  /** Halvings of a tile that make a picture, so that about as many are side by side as were asked for. */
  private densityFor(pictures: number): number {
    const tileOnScreen = this.map.tileWidth * shrink * Math.SQRT2;
    return Math.max(0, Math.min(mostDensity, Math.round(Math.log2(tileOnScreen * pictures / this.viewer.container.clientWidth))));
  }

  /** Level of the picture grid that is on the screen: the plane is 2^level pictures wide. */
  get level(): number {
    const scale = this.viewer.container.clientWidth / this.viewer.viewport.getBounds(true).width;
    const tiles = Math.floor(Math.log2(scale / (this.map.tileWidth * shrink)));
    return Math.max(0, Math.min(Math.min(this.map.levels, 18), tiles)) + this.density;
  }

  get showsPictures(): boolean { return this.layer === "pictures"; }

  get window(): Window {
    const bounds = this.viewer.viewport.getBounds();
    return { x: clamp(bounds.x + bounds.width / 2), y: clamp((bounds.y + bounds.height / 2) * this.aspect), width: bounds.width };
  }

  /** The corners of what is in view. */
  get corners(): number[][] {
    const { x, y, width, height } = this.viewer.viewport.getBounds();
    const [left, right, top, bottom] = [clamp(x), clamp(x + width), clamp(y * this.aspect), clamp((y + height) * this.aspect)];
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  }

  go({ x, y, width }: Window, immediately = false): void {
    const container = this.viewer.container;
    // OpenSeadragon notices a new size only with its next drawing.
    this.viewer.viewport.resize(new OpenSeadragon.Point(container.clientWidth, container.clientHeight), true);
    const height = width * container.clientHeight / container.clientWidth;
    this.viewer.viewport.fitBounds(new OpenSeadragon.Rect(x - width / 2, y / this.aspect - height / 2, width, height), immediately);
  }

  /** Moves so that a place is in view, without zooming; stays where it is in view already. */
  reveal(x: number, y: number): void {
    const bounds = this.viewer.viewport.getBounds();
    const [across, down] = [(x - bounds.x) / bounds.width, (y / this.aspect - bounds.y) / bounds.height];
    if (Math.abs(across - 0.5) > 0.45 || Math.abs(down - 0.5) > 0.45) this.viewer.viewport.panTo(new OpenSeadragon.Point(x, y / this.aspect));
  }

  /** Moves and zooms so that places, and something around them, are in view. */
  surround(places: { x: number; y: number }[], least: number): void {
    const [across, down] = [places.map(place => place.x), places.map(place => place.y)];
    const [left, right, top, bottom] = [Math.min(...across), Math.max(...across), Math.min(...down), Math.max(...down)];
    const container = this.viewer.container;
    const shape = container.clientWidth / container.clientHeight / this.aspect;
    const width = Math.max(least, 1.6 * (right - left), 1.6 * (bottom - top) * shape);
    // Nothing is beside the map.
    const within = (middle: number, size: number) => size >= 1 ? 0.5 : Math.max(size / 2, Math.min(1 - size / 2, middle));
    this.go({ x: within((left + right) / 2, width), y: within((top + bottom) / 2, width / shape), width });
  }

  /** The cell of the pictures, as large as they are now, that a frame belongs to. */
  cell(frame: number) { return this.api.cell(frame, this.level); }

  toMap(pixel: { x: number; y: number }): { x: number; y: number } {
    const point = this.viewer.viewport.pointFromPixel(new OpenSeadragon.Point(pixel.x, pixel.y), true);
    return { x: point.x, y: point.y * this.aspect };
  }

  toPixel(x: number, y: number): { x: number; y: number } {
    return this.viewer.viewport.pixelFromPoint(new OpenSeadragon.Point(x, y / this.aspect), true);
  }

  /** The frame under a place: the picture that is drawn there, or the nearest point. */
  frameAt(x: number, y: number, signal?: AbortSignal) {
    return this.showsPictures ? this.api.shown(x, y, this.level, signal) : this.api.near(x, y, signal);
  }
}

const clamp = (value: number) => Math.max(0, Math.min(1, value));
