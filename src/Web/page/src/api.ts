import { beginning } from "./days";

/** The server's answers, as src/Web/Api has them. */
export interface MapEntry {
  version: string;
  frames: number;
  made: string | null;
}
export interface Collection {
  name: string;
  maps: MapEntry[];
  current: string | null;
}
export interface Quality {
  trustworthiness: number;
  continuity: number;
  neighboursKept: number;
  rankCorrelation: number;
  coverage: number;
  neighbours: number;
  framesMeasured: number;
}
export interface MapDocument {
  version: string;
  method: string;
  frames: number;
  shown: number;
  components: number;
  varianceKept: number;
  quality: Quality | null;
  drift: number | null;
  newcomers: { frames: number; neighboursKept: number; keptBefore: number; lost: number } | null;
  note: string | null;
  tileWidth: number;
  tileHeight: number;
  levels: number;
  films: number;
  searchable: boolean;
}
export interface Group {
  number: number;
  name: string;
  films: number;
  frames: number;
  colour: string;
  colourOnDark: string;
}
export interface Frame {
  number: number;
  film: string;
  name: string;
  time: number;
  timecode: string;
  length: number;
  x: number;
  y: number;
  trust: number | null;
  group: number;
}
export interface Cell {
  level: number;
  x: number;
  y: number;
  shown: boolean;
}
export interface Neighbour {
  frame: Frame;
  distance: number;
}
export interface Neighbours {
  true: Neighbour[];
  map: Neighbour[];
  shared: number;
}
export interface Match {
  frame: Frame;
  start: number;
  end: number;
  frames: number[];
  score: number;
  looks: number;
  order: number;
  isCopy: boolean;
  why: string;
}
export interface Similar {
  start: number;
  end: number;
  frames: number;
  matches: Match[];
}
export interface Film {
  id: string;
  name: string;
  seconds: number;
  frames: number;
  day: string | null;
  taken: boolean;
  kind: "film" | "photo";
  type: string | null;
  group: number;
}
export interface Films {
  total: number;
  films: Film[];
}
export interface Strip {
  film: Film;
  frames: Frame[];
}
export interface Times {
  first: number;
  times: number[];
}
export interface Selection {
  count: number;
  films: { id: string; name: string; frames: number }[];
  frames: Frame[];
}
export interface Progress {
  films: number;
  frames: number;
  expected: number;
  failed: number;
  damaged: number;
  gone: number;
  failures: { name: string; reason: string; kind: "failed" | "damaged" | "gone" }[];
  newest: string[];
  map: string | null;
  onMap: number;
}
export interface Found {
  key: string;
  name: string;
  kind: "picture" | "clip";
  places: { x: number; y: number }[];
  seconds: number;
  nearest: Neighbour[];
  clips: Match[];
}
export interface Filter {
  film: string[];
  group: number[];
  from: string;
  to: string;
  /** Day from whose beginning here films are new. */
  since: string;
}

/** An answer that is no success, with the server's own sentence. */
export class Refusal extends Error {}

/** Whether a question was given up because its answer is no longer wanted. */
export const isAbort = (error: unknown) => (error as Error).name === "AbortError";

/** Asks the server; where the session has ended it shows its page to sign in instead of this one. */
export async function fetchSigned(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.status === 401) location.reload();
  return response;
}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetchSigned(path, init);
  if (!response.ok) throw new Refusal(await sentence(response));
  return (await response.json()) as T;
}

export async function sentence(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => null)) as { detail?: string; title?: string } | null;
  return problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
}

const root = "/api/v1/collections";
const framesHeld = 500;

export const collections = () => ask<Collection[]>(root);

export function filterQuery(filter: Filter): string {
  const query = new URLSearchParams();
  for (const film of filter.film) query.append("film", film);
  for (const group of filter.group) query.append("group", String(group));
  if (filter.from) query.set("from", filter.from);
  if (filter.to) query.set("to", filter.to);
  if (filter.since) query.set("since", beginning(filter.since));
  return query.toString();
}

/** Addresses of one map of one collection. */
export class MapApi {
  readonly collectionPath: string;
  readonly path: string;
  readonly query: string;
  private readonly frames = new Map<number, Promise<Frame>>();

  constructor(
    readonly collection: string,
    readonly version: string,
    readonly filter: Filter,
  ) {
    this.collectionPath = `${root}/${encodeURIComponent(collection)}`;
    this.path = `${this.collectionPath}/maps/${encodeURIComponent(version)}`;
    this.query = filterQuery(filter);
  }

  info = () => ask<MapDocument>(`${this.path}?${this.query}`);
  groups = () => ask<Group[]>(`${this.path}/groups`);
  tile = (layer: string, level: number, x: number, y: number) =>
    `${this.path}/tiles/${layer}/${level}/${x}/${y}${this.query ? `?${this.query}` : ""}`;
  near = (x: number, y: number, signal?: AbortSignal) =>
    ask<Frame[]>(`${this.path}/near?x=${x}&y=${y}&limit=1&${this.query}`, { signal }).then((frames) => frames[0]);
  shown = (x: number, y: number, level: number, signal?: AbortSignal) =>
    ask<Frame>(`${this.path}/shown?x=${x}&y=${y}&level=${level}&${this.query}`, { signal });
  picture = (number: number) => `${this.path}/frames/${number}/picture`;
  cell = (frame: number, level: number) => ask<Cell>(`${this.path}/frames/${frame}/cell?level=${level}&${this.query}`);
  neighbours = (number: number, among: "others" | "film" | "all", signal: AbortSignal) =>
    ask<Neighbours>(`${this.path}/frames/${number}/neighbours?among=${among}&limit=9`, { signal });
  films = (search: string, limit: number, signal?: AbortSignal) =>
    ask<Films>(`${this.path}/films?search=${encodeURIComponent(search)}&limit=${limit}`, { signal });
  strip = (film: string, limit = 120) => ask<Strip>(`${this.path}/films/${encodeURIComponent(film)}?limit=${limit}`);
  times = (film: string) => ask<Times>(`${this.path}/films/${film}/times`);
  media = (film: string) => ask<{ type: string | null }>(`${this.collectionPath}/films/${film}/media`);
  source = (film: string) => `${this.collectionPath}/films/${film}/source`;
  stretch = (film: string, start: number, end: number) =>
    `${this.collectionPath}/films/${film}/stretch?start=${start.toFixed(3)}&end=${end.toFixed(3)}`;
  similar = (film: string, part: [number, number] | null, signal: AbortSignal) =>
    ask<Similar>(`${this.path}/films/${film}/similar${part ? `?start=${part[0].toFixed(3)}&end=${part[1].toFixed(3)}` : ""}`, { signal });
  find = (file: File, signal: AbortSignal) =>
    ask<Found>(`${this.path}/find?name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      body: file,
      headers: { "Content-Type": "application/octet-stream" },
      signal,
    });
  found = (key: string, signal: AbortSignal) => ask<Found>(`${this.path}/find/${encodeURIComponent(key)}`, { signal });
  select = (polygon: number[][], signal: AbortSignal) => ask<Selection>(`${this.path}/selection`, { ...this.body(polygon), signal });
  export = (polygon: number[][], format: string) => fetchSigned(`${this.path}/selection/export?format=${format}`, this.body(polygon));
  poster = (polygon: number[][]) => fetchSigned(`${this.path}/selection/poster`, this.body(polygon));

  /** A frame; those asked for last are held. */
  frame(number: number): Promise<Frame> {
    const held = this.frames.get(number);
    if (held) return held;
    if (this.frames.size >= framesHeld) this.frames.clear();
    const asked = ask<Frame>(`${this.path}/frames/${number}`);
    this.frames.set(number, asked);
    asked.catch(() => this.frames.delete(number));
    return asked;
  }

  private body(polygon: number[][]): RequestInit {
    const { film, group, from, to, since } = this.filter;
    const filter = { film, group, from: from || null, to: to || null, since: since ? beginning(since) : null };
    return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ polygon, filter }) };
  }
}
