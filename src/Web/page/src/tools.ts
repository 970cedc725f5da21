import type { Content } from "./content";
import { above } from "./content";
import { type Context, openFrame } from "./context";
import { simplify } from "./geometry";
import { byId } from "./html";
import type { Overlay, Tool } from "./overlay";
import type { Layer, Query, View } from "./state";

/** Of the window's width: how far a selection's outline may be from what was drawn. */
const roughness = 0.002;

const hints = {
  rectangle: "Drag over the map to select a rectangle; Esc ends",
  lasso: "Draw around what you want to select; Esc ends",
};

/** Buttons of the map, and keys. */
export class Tools {
  private tool: Tool | null = null;
  private readonly buttons = { rectangle: byId("rectangle"), lasso: byId("lasso") };

  constructor(
    private readonly context: Context,
    private readonly overlay: () => Overlay,
    private readonly content: Content,
  ) {
    const { atlas, store } = context;
    const click = (id: string, act: () => void) => byId(id).addEventListener("click", act);
    const view = (wish: Partial<View>) => store.change({ view: { ...store.state.view, ...atlas.window, ...wish } });
    byId("layer").addEventListener("change", (event) => view({ layer: (event.target as HTMLSelectElement).value as Layer }));
    byId("trust").addEventListener("change", (event) => view({ trust: (event.target as HTMLInputElement).checked }));
    click("fewer", () => view({ pictures: Math.max(1, Math.round(store.state.view.pictures / 2)) }));
    click("more", () => view({ pictures: Math.min(200, store.state.view.pictures * 2) }));
    click("in", () => atlas.zoom(2));
    click("out", () => atlas.zoom(0.5));
    click("home", () => atlas.whole());
    click("quality", () => this.ask({ kind: "quality" }));
    click("help", () => this.ask({ kind: "help" }));
    click("visible", () => this.select(atlas.corners));
    click("rectangle", () => this.toggle("rectangle"));
    click("lasso", () => this.toggle("lasso"));
    document.addEventListener("keydown", (event) => this.key(event));
  }

  /** Selects what lies in an outline. */
  select(polygon: number[][]): void {
    this.use(null);
    const { atlas, store } = this.context;
    const outline = polygon.length > 4 ? simplify([...polygon, polygon[0]], roughness * atlas.window.width).slice(0, -1) : polygon;
    if (outline.length < 3) this.overlay().showSelection(store.state.selection ?? []);
    else store.change({ selection: outline, open: null, path: false, query: null, playing: false });
  }

  private ask(query: Query): void {
    const { store } = this.context;
    const shown = store.state.open === null && store.state.asking === null && store.state.query?.kind === query.kind;
    store.change({ query: shown ? null : query, open: null, path: false, selection: null, playing: false });
  }

  private toggle(tool: Tool): void {
    this.use(this.tool === tool ? null : tool);
  }

  private use(tool: Tool | null): void {
    this.tool = tool;
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute("aria-pressed", String(name === tool));
    this.overlay().use(tool);
    const hint = byId("hint");
    hint.hidden = tool === null;
    hint.textContent = tool === null ? "" : hints[tool];
  }

  private key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") {
      // A browser would empty the field, which is a search for everything.
      if (target.matches("[type=search]")) event.preventDefault();
      this.escape(target);
      return;
    }
    if (target.matches("input:not([type=range], [type=checkbox]), select, textarea") || !this.context.world()) return;
    const { atlas } = this.context;
    const keys: Record<string, () => void> = {
      r: () => this.toggle("rectangle"),
      l: () => this.toggle("lasso"),
      v: () => this.select(atlas.corners),
      k: () => this.content.frame?.togglePlaying(),
      ",": () => this.content.frame?.step(-1),
      ".": () => this.content.frame?.step(1),
      "0": () => atlas.whole(),
      "?": () => this.ask({ kind: "help" }),
      "/": () => {
        event.preventDefault();
        byId("search").focus();
      },
      enter: () => {
        if (atlas.viewer.canvas.contains(target)) void this.openAt(atlas.window);
      },
    };
    keys[event.key.toLowerCase()]?.();
  }

  /** What was shown last goes first: a tool, then what the panel shows. */
  private escape(target: HTMLElement): void {
    const { store } = this.context;
    const { open, selection, query, asking } = store.state;
    if (this.tool !== null) this.use(null);
    else if (open !== null || selection !== null || query !== null || asking !== null)
      store.change(above(store.state), target.matches("[type=search]") ? "replace" : "push");
    else if (target.matches("input")) target.blur();
  }

  /** Opens the frame at a place. */
  openAt = async ({ x, y }: { x: number; y: number }): Promise<void> => {
    if (x < 0 || y < 0 || x > 1 || y > 1) return;
    const frame = await this.context.atlas.frameAt({ x, y }).catch(() => null);
    if (frame) openFrame(this.context, frame.number);
  };
}
