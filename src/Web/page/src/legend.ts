import type { Film, MapApi } from "./api";
import { byId, make, shortName } from "./html";

const filmsNamed = 8;
const scales: Record<string, [string, string, string]> = {
  "points-time": ["Time in the film", "start", "end"],
  "points-trust": ["Trust in a frame's place", "0", "1"],
  "points-length": ["Length of the film", "1 s", "2 h"],
};

/** What the colours on the map mean. */
export async function showLegend(api: MapApi, layer: string, trust: boolean): Promise<void> {
  const legend = byId<HTMLElement>("legend");
  const content: Node[] = [];
  const films = layer === "points-film" ? (await api.largest(filmsNamed)).films : [];
  if (films.length > 0) content.push(...films.map(named), make("p", { class: "pale" }, "The films with most frames; grey: the rest"));
  if (layer in scales) content.push(...scale(...scales[layer]));
  if (trust && layer !== "points-trust") content.push(...scale("Trust, by region", "0", "1"));
  legend.replaceChildren(...content);
  legend.classList.toggle("points", layer !== "pictures");
  legend.hidden = content.length === 0;
}

const named = (film: Film) => make("p", { class: "scale" }, make("i", { class: "dot", style: `background:${film.colour}` }), make("span", { class: "cut" }, shortName(film.name)));

const scale = (name: string, least: string, most: string) => [
  make("p", {}, name), make("p", { class: "scale", role: "img", "aria-label": `Colour scale from ${least}, dark violet, to ${most}, yellow-green` }, least, make("i", {}), most)];
