import type { MapDocument } from "./api";
import { make } from "./html";
import { rated, thousands } from "./names";
import type { Panel } from "./panel";

/** Above these new films fit a map badly, as the program has it. */
const [mostDrift, mostLost] = [1.1, 0.05];

/** Whether films that came after the training lie on the map as they should. */
export const newFit = (map: MapDocument) => (map.drift ?? 1) <= mostDrift && (map.newcomers?.lost ?? 0) <= mostLost;

/** What the map says about itself: in words first, the figures behind them. */
export function showQuality(panel: Panel, map: MapDocument): void {
  const figures = map.quality;
  const kept = figures?.neighboursKept;
  const row = (name: string, value: number | null | undefined, meaning: string) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, name),
      make("td", {}, value === null || value === undefined ? "–" : value.toFixed(3)),
      make("td", {}, meaning),
    );
  panel.show(
    "How true is this map?",
    null,
    kept === undefined
      ? make("p", {}, "It was not measured.")
      : make(
          "p",
          {},
          make("b", {}, capital(rated(kept))),
          `: of the ${figures!.neighbours} frames most like a frame, `,
          `${(kept * figures!.neighbours).toFixed(1)} are among its nearest here.`,
        ),
    map.drift !== null &&
      make("p", {}, newFit(map) ? "Films that came later fit in well." : "Films that came later do not fit in well; train the map again."),
    make(
      "details",
      {},
      make("summary", {}, "All figures"),
      make(
        "table",
        {},
        make(
          "tbody",
          {},
          row("Trustworthiness", figures?.trustworthiness, "1: what is near here is alike"),
          row("Continuity", figures?.continuity, "1: what is alike is near here"),
          row("Neighbours kept", kept, `share of the ${figures?.neighbours ?? 10} most alike that are nearest here`),
          row("Rank correlation", figures?.rankCorrelation, "1: distances have the same order"),
          row("Coverage", figures?.coverage, "1: the plane is as evenly covered as chance would"),
          row("Drift", map.drift, `1: new frames fit as well as old ones; above ${mostDrift}: train again`),
          map.newcomers && row("Newer films", map.newcomers.neighboursKept, "share of their neighbours that newer films keep"),
          map.newcomers && row("Lost by them", map.newcomers.lost, `of all neighbours, since the training; above ${mostLost}: train again`),
          row("Variance kept", map.varianceKept, `by ${map.components} components`),
        ),
      ),
      make(
        "p",
        {},
        `Map ${map.version}, ${thousands(map.frames)} frames, made by ${map.method}`,
        figures ? `; measured on ${thousands(figures.framesMeasured)} frames.` : ".",
      ),
    ),
    map.note ? make("p", { role: "note" }, map.note) : null,
    make("p", {}, "‘Certainty’ shades every region by how many of the frames that look most alike are side by side there:"),
    scale("none", "all"),
  );
}

const capital = (word: string) => word[0].toUpperCase() + word.slice(1);

/** The scale of colours with what its ends mean. */
export const scale = (least: string, most: string) =>
  make(
    "p",
    { class: "scale", role: "img", "aria-label": `Colour scale from ${least}, violet, to ${most}, yellow-green` },
    least,
    make("i", {}),
    most,
  );
