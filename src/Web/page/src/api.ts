/** The server's answers, as src/Web/Api/Documents.cs has them. */
export interface Collection { name: string; maps: string[]; current: string | null }
export interface Quality { trustworthiness: number; continuity: number; neighboursKept: number; rankCorrelation: number; coverage: number; neighbours: number; framesMeasured: number }
export interface MapDocument {
  version: string; method: string; frames: number; shown: number; components: number; varianceKept: number;
  quality: Quality | null; drift: number | null; note: string | null;
  tileWidth: number; tileHeight: number; levels: number; films: number; searchable: boolean;
}
export interface Frame { number: number; film: string; name: string; time: number; timecode: string; length: number; x: number; y: number; trust: number | null; colour: string }
export interface Cell { level: number; x: number; y: number; shown: boolean }
export interface Neighbour { frame: Frame; distance: number }
export interface Neighbours { true: Neighbour[]; map: Neighbour[]; shared: number }
export interface Match { frame: Frame; start: number; end: number; frames: number[]; score: number; looks: number; order: number; why: string }
export interface Similar { start: number; end: number; frames: number; matches: Match[] }
export interface Film { id: string; name: string; seconds: number; frames: number; day: string | null; kind: "film" | "photo"; type: string | null; colour: string }
export interface Strip { film: Film; frames: Frame[] }
export interface Selection { count: number; films: { id: string; name: string; frames: number }[]; frames: Frame[] }
export interface Progress { films: number; frames: number; segments: number; totalSegments: number; failures: { name: string; reason: string }[]; newest: string[]; map: string | null; onMap: number }
export interface Found { kind: "picture" | "clip"; places: { x: number; y: number }[]; seconds: number; nearest: Neighbour[]; clips: Match[] }
export interface Filter { film: string[]; from: string; to: string }

/** An answer that is no success, with the server's own sentence. */
export class Refusal extends Error {}

export async function ask<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, init);
  if (!response.ok) throw new Refusal(await sentence(response));
  return await response.json() as T;
}

export async function sentence(response: Response): Promise<string> {
  const problem = await response.json().catch(() => null) as { detail?: string; title?: string } | null;
  return problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`;
}

/** Addresses of one map of one collection. */
export class MapApi {
  readonly collectionPath: string;
  readonly path: string;

  constructor(readonly collection: string, readonly version: string, readonly filter: Filter) {
    this.collectionPath = `/api/collections/${encodeURIComponent(collection)}`;
    this.path = `${this.collectionPath}/maps/${version}`;
  }

  get query(): string {
    const query = new URLSearchParams();
    for (const film of this.filter.film) query.append("film", film);
    if (this.filter.from) query.set("from", this.filter.from);
    if (this.filter.to) query.set("to", this.filter.to);
    return query.toString();
  }

  info = () => ask<MapDocument>(`${this.path}?${this.query}`);
  tile = (layer: string, level: number, x: number, y: number) => `${this.path}/tiles/${layer}/${level}/${x}/${y}${this.query ? "?" + this.query : ""}`;
  near = (x: number, y: number, signal?: AbortSignal) => ask<Frame[]>(`${this.path}/near?x=${x}&y=${y}&count=1&${this.query}`, { signal }).then(frames => frames[0]);
  shown = (x: number, y: number, level: number, signal?: AbortSignal) => ask<Frame>(`${this.path}/shown?x=${x}&y=${y}&level=${level}&${this.query}`, { signal });
  frame = (number: number) => ask<Frame>(`${this.path}/frames/${number}`);
  picture = (number: number) => `${this.path}/frames/${number}/picture`;
  neighbours = (number: number, signal: AbortSignal) => ask<Neighbours>(`${this.path}/frames/${number}/neighbours?count=9`, { signal });
  films = (search: string) => ask<{ total: number; films: Film[] }>(`${this.path}/films?search=${encodeURIComponent(search)}&most=30`);
  largest = (most: number) => ask<{ total: number; films: Film[] }>(`${this.path}/films?order=frames&most=${most}`);
  cell = (frame: number, level: number) => ask<Cell>(`${this.path}/frames/${frame}/cell?level=${level}&${this.query}`);
  strip = (film: string, most = 120) => ask<Strip>(`${this.path}/films/${film}?most=${most}`);
  source = (film: string) => `${this.collectionPath}/films/${film}/source`;
  stretch = (film: string, from: number, seconds: number) => `${this.collectionPath}/films/${film}/stretch?from=${from.toFixed(3)}&seconds=${seconds.toFixed(3)}`;
  events = () => new EventSource(`${this.collectionPath}/events`);
  similar = (film: string, part: [number, number] | null, signal: AbortSignal) =>
    ask<Similar>(`${this.path}/films/${film}/similar${part ? `?from=${part[0].toFixed(3)}&to=${part[1].toFixed(3)}` : ""}`, { signal });
  find = (file: File, signal: AbortSignal) =>
    ask<Found>(`${this.path}/find?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" }, signal });
  select = (polygon: number[][]) => ask<Selection>(`${this.path}/selection`, this.body(polygon));
  export = (polygon: number[][], format: string) => fetch(`${this.path}/selection/export?format=${format}`, this.body(polygon));
  poster = (polygon: number[][]) => fetch(`${this.path}/selection/poster`, this.body(polygon));

  private body(polygon: number[][]): RequestInit {
    const filter = { film: this.filter.film, from: this.filter.from || null, to: this.filter.to || null };
    return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ polygon, filter }) };
  }
}
