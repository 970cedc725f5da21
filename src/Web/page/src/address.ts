import type { Filter } from "./api";

/** What a link holds: the window of the map (centre, width), the number of pictures side by side in it, and what is shown. */
export interface View {
  collection: string;
  map: string;
  x: number;
  y: number;
  width: number;
  pictures: number;
  layer: string;
  trust: boolean;
  frame: number | null;
  filter: Filter;
}

export const noFilter: Filter = { film: [], from: "", to: "" };

export function read(query: string): Partial<View> {
  const values = new URLSearchParams(query);
  const number = (name: string, least: number, most: number) => {
    const text = values.get(name);
    const value = Number(text);
    return text !== null && Number.isFinite(value) && value >= least && value <= most ? value : undefined;
  };
  return {
    collection: values.get("c") ?? undefined,
    map: values.get("map") ?? undefined,
    x: number("x", 0, 1),
    y: number("y", 0, 1),
    width: number("w", 1e-7, 4),
    pictures: number("n", 1, 1000),
    layer: values.get("layer") ?? undefined,
    trust: values.has("trust"),
    frame: number("frame", 0, 1e9) ?? null,
    filter: { film: values.getAll("film"), from: values.get("from") ?? "", to: values.get("to") ?? "" },
  };
}

export function write(view: View): string {
  const digits = Math.max(4, Math.ceil(-Math.log10(view.width)) + 4);
  const values = new URLSearchParams({
    c: view.collection, map: view.map,
    x: view.x.toFixed(digits), y: view.y.toFixed(digits), w: view.width.toFixed(digits), n: String(view.pictures),
  });
  if (view.layer !== "pictures") values.set("layer", view.layer);
  if (view.trust) values.set("trust", "1");
  if (view.frame !== null) values.set("frame", String(view.frame));
  for (const film of view.filter.film) values.append("film", film);
  if (view.filter.from) values.set("from", view.filter.from);
  if (view.filter.to) values.set("to", view.filter.to);
  return "?" + values.toString();
}
