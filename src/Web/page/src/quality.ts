import type { MapDocument } from "./api";
import { make, thousands } from "./html";
import type { Panel } from "./panel";

/** What the map says about itself, in words. */
export function showQuality(panel: Panel, map: MapDocument): void {
  const figures = map.quality;
  const row = (name: string, value: number | null | undefined, meaning: string) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value === null || value === undefined ? "–" : value.toFixed(3)), make("td", {}, meaning));
  panel.show("How true is this map?",
    make("table", {}, make("tbody", {},
      row("Trustworthiness", figures?.trustworthiness, "1: who is near here is near in truth"),
      row("Continuity", figures?.continuity, "1: who is near in truth is near here"),
      row("Neighbours kept", figures?.neighboursKept, `share of the ${figures?.neighbours ?? 10} true neighbours that are neighbours here`),
      row("Rank correlation", figures?.rankCorrelation, "1: distances have the same order"),
      row("Coverage", figures?.coverage, "1: the plane is as evenly covered as chance would"),
      row("Drift", map.drift, "1: new frames fit the model as well as old ones"),
      row("Variance kept", map.varianceKept, `by ${map.components} components`))),
    make("p", {}, `Map ${map.version}, ${thousands(map.frames)} frames, made by ${map.method}${figures ? `; measured on ${thousands(figures.framesMeasured)} frames` : ""}.`),
    map.note ? make("p", { role: "note" }, map.note) : null,
    make("p", {}, "The layer ‘Trust’ shades every region by the share of true neighbours that its frames keep:"),
    make("p", { class: "scale", role: "img", "aria-label": "Colour scale from 0, dark violet, to 1, yellow-green" }, "0", make("i", {}), "1"));
}
