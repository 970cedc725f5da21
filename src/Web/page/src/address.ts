import { layers, noFilter, type Query, type State, start, type View } from "./state";

/** What an address asks for, and what of it there is not. */
export interface Wish {
  collection?: string;
  version?: string;
  view: View;
  rest: Pick<State, "filter" | "open" | "path" | "selection" | "query">;
  problems: string[];
}

export function read(query: string): Wish {
  const values = new URLSearchParams(query);
  const problems: string[] = [];
  const number = <T>(name: string, least: number, most: number, otherwise: T): number | T => {
    const text = values.get(name);
    if (text === null) return otherwise;
    const value = Number(text);
    if (text !== "" && value >= least && value <= most) return value;
    problems.push(`${name}=${text} is no number from ${least} to ${most}`);
    return otherwise;
  };
  const day = (name: string) => {
    const text = values.get(name) ?? "";
    if (text === "" || isDay(text)) return text;
    problems.push(`${name}=${text} is no day, such as 2024-05-31`);
    return "";
  };
  const whole = (name: string, most: number) => {
    const text = values.get(name);
    if (text === null || /^\d+$/.test(text)) return number(name, 0, most, null);
    problems.push(`${name}=${text} is no whole number from 0 to ${most}`);
    return null;
  };
  const named = (name: string, what: string) => {
    const text = values.get(name);
    if (text === "") problems.push(`${name}= names no ${what}`);
    return text || undefined;
  };
  const each = (name: "film" | "group", is: (text: string) => boolean) => {
    const all = values.getAll(name);
    for (const text of all.filter((text) => !is(text))) problems.push(`there is no ${name} ‘${text}’`);
    return all.filter(is);
  };
  const layer = layers.find((known) => known === (values.get("layer") ?? "pictures"));
  if (!layer) problems.push(`there is no layer ${values.get("layer")}; there are ${layers.join(", ")}`);
  const view: View = {
    x: number("x", 0, 1, start.view.x),
    y: number("y", 0, 1, start.view.y),
    width: number("w", 1e-7, 8, 0),
    pictures: number("n", 1, 1000, 0),
    layer: layer ?? "pictures",
    trust: values.has("trust"),
  };
  const group = each("group", (text) => /^\d{1,9}$/.test(text)).map(Number);
  const film = each("film", (text) => text !== "");
  return {
    collection: named("c", "collection"),
    version: named("map", "map"),
    view,
    rest: {
      filter: { ...noFilter, film, group, from: day("from"), to: day("to"), since: day("since") },
      open: whole("frame", 1e9),
      path: values.has("path"),
      selection: polygon(values.get("sel"), problems),
      query: asked(values, problems),
    },
    problems,
  };
}

/** Whether a text is a day of the calendar, as 2024-05-31 is. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00Z`);
  return text >= "0001" && !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text;
}

export function write({ collection, version, view, filter, open, path, selection, query }: State): string {
  const values = new URLSearchParams();
  const set = (name: string, value: string) => value && values.set(name, value);
  set("c", collection);
  set("map", version);
  if (view.width > 0) {
    const digits = Math.max(4, Math.ceil(-Math.log10(view.width)) + 4);
    values.set("x", view.x.toFixed(digits));
    values.set("y", view.y.toFixed(digits));
    values.set("w", view.width.toFixed(digits));
    values.set("n", String(view.pictures));
  }
  set("layer", view.layer === "pictures" ? "" : view.layer);
  set("trust", view.trust ? "1" : "");
  set("frame", open === null ? "" : String(open));
  set("path", path ? "1" : "");
  for (const film of filter.film) values.append("film", film);
  for (const group of filter.group) values.append("group", String(group));
  set("from", filter.from);
  set("to", filter.to);
  set("since", filter.since);
  set(
    "sel",
    selection
      ?.flat()
      .map((value) => value.toFixed(4))
      .join("_") ?? "",
  );
  if (query?.kind === "films") values.set("films", query.text);
  if (query?.kind === "file") values.set("find", query.key);
  if (query?.kind === "quality" || query?.kind === "help") values.set("panel", query.kind);
  return `?${values}`;
}

function asked(values: URLSearchParams, problems: string[]): Query | null {
  const [films, find, panel] = [values.get("films"), values.get("find"), values.get("panel")];
  if (films !== null) return { kind: "films", text: films };
  if (find !== null) return { kind: "file", key: find };
  if (panel === "quality" || panel === "help") return { kind: panel };
  if (panel !== null) problems.push(`there is no panel ${panel}; there are quality and help`);
  return null;
}

/** Corners, written one number after the other. */
function polygon(text: string | null, problems: string[]): number[][] | null {
  if (text === null) return null;
  const numbers = text.split("_").map(Number);
  if (numbers.length >= 6 && numbers.length % 2 === 0 && numbers.every((value) => value >= -1 && value <= 2))
    return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
  problems.push("sel is no selection: at least three corners, x and y of each, with _ between all numbers");
  return null;
}
