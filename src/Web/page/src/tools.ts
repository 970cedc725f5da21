import type { View } from "./address";
import { byId } from "./html";
import type { AtlasView } from "./map";
import type { Overlay } from "./overlay";

export interface ToolActions {
  change(wish: Partial<View>): void;
  view(): View;
  select(polygon: number[][]): void;
  quality(): void;
  whole(): void;
  openAt(x: number, y: number): void;
}

/** Buttons and keys. */
export function bindTools(atlas: AtlasView, overlay: Overlay, actions: ToolActions): { released(): void } {
  const click = (id: string, act: () => void) => byId(id).addEventListener("click", act);
  const here = () => ({ ...atlas.window });
  byId<HTMLSelectElement>("layer").addEventListener("change", event => actions.change({ ...here(), layer: (event.target as HTMLSelectElement).value }));
  byId<HTMLInputElement>("trust").addEventListener("change", event => actions.change({ ...here(), trust: (event.target as HTMLInputElement).checked }));
  click("fewer", () => actions.change({ ...here(), pictures: Math.max(1, Math.round(actions.view().pictures / 2)) }));
  click("more", () => actions.change({ ...here(), pictures: Math.min(200, actions.view().pictures * 2) }));
  click("in", () => atlas.viewer.viewport.zoomBy(2));
  click("out", () => atlas.viewer.viewport.zoomBy(0.5));
  click("home", actions.whole);
  click("quality", actions.quality);
  click("visible", () => actions.select(atlas.corners));

  const hint = byId("hint");
  const buttons = { rectangle: byId("rectangle"), lasso: byId("lasso") };
  const press = (tool: "rectangle" | "lasso" | null) => {
    for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === tool));
    overlay.use(tool);
    hint.hidden = tool === null;
    hint.textContent = tool === "rectangle" ? "Drag over the map to select a rectangle; Esc ends" : "Draw around what you want to select; Esc ends";
  };
  const toggle = (tool: "rectangle" | "lasso") => press(buttons[tool].getAttribute("aria-pressed") === "true" ? null : tool);
  click("rectangle", () => toggle("rectangle"));
  click("lasso", () => toggle("lasso"));

  document.addEventListener("keydown", event => {
    const typing = (event.target as HTMLElement).matches("input, select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys: Record<string, () => void> = {
      r: () => toggle("rectangle"), l: () => toggle("lasso"), v: () => actions.select(atlas.corners), "0": actions.whole, Escape: () => press(null),
      "/": () => { event.preventDefault(); byId("search").focus(); },
    };
    keys[event.key]?.();
    if (event.key === "Enter" && atlas.viewer.canvas.contains(event.target as Node)) {
      const { x, y } = atlas.window;
      actions.openAt(x, y);
    }
  });
  return { released: () => press(null) };
}
