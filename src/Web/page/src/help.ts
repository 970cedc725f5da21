import { make } from "./html";
import type { Panel } from "./panel";

const keys: [string, string][] = [
  ["Drag, wheel, pinch", "move and zoom"],
  ["Arrows, +, −", "the same by keys"],
  ["0", "the whole map"],
  ["Click, or Enter", "open the frame under the pointer, or in the middle"],
  [", and .", "the frame before, the next frame"],
  ["K", "play, pause"],
  ["/", "find a film by name"],
  ["R, L, V", "select a rectangle, with a lasso, what is in view"],
  ["Esc", "back: what is shown last goes first"],
  ["?", "this list"],
];

/** What the keys do, and how the map is to be read. */
export function showHelp(panel: Panel): void {
  const rows = keys.map(([key, act]) => make("tr", {}, make("th", { scope: "row" }, make("kbd", {}, key)), make("td", {}, act)));
  panel.show(
    "How to use the map",
    null,
    make("p", {}, "Frames that look alike lie side by side. Zoom in and more of them appear; each picture stands near its place."),
    make("table", { class: "keys" }, make("tbody", {}, ...rows)),
    make("p", {}, "Drop a picture or a clip on the page to see where it would be and what is most like it."),
    make("p", {}, "Every view is a link: copy the address to come back, or to show it to somebody."),
  );
}
