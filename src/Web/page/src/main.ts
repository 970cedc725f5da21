import { ask, MapApi, Refusal, type Collection, type Frame, type MapDocument, type Progress } from "./api";
import { noFilter, read, write, type View } from "./address";
import { bindFilter } from "./filter";
import { findFile, findFilms } from "./find";
import { followPointer } from "./hover";
import { showLegend } from "./legend";
import { byId, counted, make, thousands } from "./html";
import { AtlasView } from "./map";
import { Overlay } from "./overlay";
import { Panel } from "./panel";
import { followProgress } from "./progress";
import { showQuality } from "./quality";
import { bindTools } from "./tools";

const settleMilliseconds = 400;
const lookAgainMilliseconds = 3000;
const progressAfterMilliseconds = 1500;
const surroundings = 0.3;

let view: View;
let api: MapApi;
let map: MapDocument;
let events: EventSource | null = null;
let restoring = false;

const atlas = new AtlasView(byId("map"));
const overlay = new Overlay(atlas, polygon => void select(polygon));
const panel = new Panel({
  openFrame: number => void open(number, true),
  showPath: frames => { overlay.showPath(frames); atlas.surround(frames, surroundings); },
  onlyFilm: (film, too) => void change({ filter: { ...view.filter, film: too ? [...new Set([...view.filter.film, film])] : [film] } }),
  closed: () => {
    overlay.showPath([]);
    overlay.showMark(null);
    overlay.showSelection([]);
    if (view.frame !== null) { view.frame = null; remember(true); }
  },
});

/** Puts the view into the address: a new entry for the way back, or the present one changed. */
function remember(entry: boolean): void {
  if (restoring) return;
  const address = write(view);
  if (address === location.search) return;
  if (entry) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Shows what an address asks for, and says where it cannot. */
async function restore(): Promise<void> {
  try {
    await showAddress();
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
    const empty = byId("empty");
    empty.hidden = false;
    empty.replaceChildren(make("h2", {}, "The map cannot be shown"), make("p", { role: "alert" }, error instanceof Refusal ? error.message : "The server does not answer; is atlas serve still running?"), make("button", { class: "main", click: () => void restore() }, "Try again"));
  } finally {
    restoring = false;
  }
}

/** What an address leaves out is as it is at first. */
async function showAddress(): Promise<void> {
  const wish = read(location.search);
  const collections = await ask<Collection[]>("/api/collections");
  const collection = collections.find(found => found.name === wish.collection) ?? collections.find(found => found.current !== null) ?? collections[0];
  fillCollections(collections, collection?.name);
  if (!collection?.current) {
    showNoMap(collection);
    return;
  }

  byId("empty").hidden = true;
  byId("tools").inert = byId("find").inert = false;
  const version = collection.maps.includes(wish.map ?? "") ? wish.map! : collection.current;
  const same = view && view.collection === collection.name && view.map === version && JSON.stringify(view.filter) === JSON.stringify(wish.filter);
  view = {
    collection: collection.name, map: version, x: wish.x ?? 0.5, y: wish.y ?? 0.5, width: wish.width ?? 0, layer: wish.layer ?? "pictures",
    pictures: wish.pictures ?? Math.max(3, Math.round(atlas.viewer.container.clientWidth / 110)), trust: wish.trust ?? false, frame: wish.frame ?? null, filter: wish.filter ?? noFilter,
  };
  restoring = true;
  if (!same) {
    if (api?.collection !== view.collection || api.version !== version) { events?.close(); events = null; }
    api = new MapApi(view.collection, version, view.filter);
    map = await api.info();
    // The map first: a look at a large collection keeps the server busy.
    if (events === null) window.setTimeout(follow, progressAfterMilliseconds);
  }
  if (view.width === 0) view.width = firstWidth();
  showTools();
  document.title = `${view.collection} · OrleansAtlas`;
  // The panel first: it takes room from the map, whose window is the one of the address.
  if (view.frame !== null) await open(view.frame, false);
  else if (!byId("panel").hidden) panel.close();
  atlas.show(api, map, view.layer, view.pictures, view.trust, view);
  void showLegend(api, view.layer, view.trust);
  restoring = false;
  remember(false);
}

/** Follows progress while the page is seen: a browser has six connections to a server for all its tabs. */
function follow(): void {
  if (document.hidden || !api) return;
  events ??= followProgress(api, () => undefined, newer => void change({ map: newer, frame: null }));
}

/** Says what to do where there is nothing to show yet, and shows frames as they come. */
function showNoMap(collection: Collection | undefined): void {
  const empty = byId("empty");
  empty.hidden = false;
  byId("tools").inert = byId("find").inert = true;
  byId("summary").textContent = "";
  if (!collection) {
    empty.replaceChildren(make("h2", {}, "There is no collection yet"), make("p", {}, "Make one from a folder of films:"), make("code", {}, "atlas index FOLDER -c NAME"));
    window.setTimeout(() => void restore(), lookAgainMilliseconds);
    return;
  }
  document.title = `${collection.name} · OrleansAtlas`;
  const frames = make("div", { class: "came" });
  empty.replaceChildren(make("h2", {}, `${collection.name} has no map yet`), make("p", {}, "Frames that are there already; the map appears here when it is made."), frames);
  events?.close();
  api = new MapApi(collection.name, "", noFilter);
  const tell = (now: Progress, came: string[]) => {
    byId("summary").textContent = `${counted(now.frames, "frame")} · ${counted(now.films, "film")}`;
    frames.replaceChildren(...came.map(path => make("img", { src: path, alt: "A frame that came just now" })));
  };
  events = followProgress(api, tell, newer => { history.pushState(null, "", `?c=${encodeURIComponent(collection.name)}&map=${newer}`); void restore(); });
}

/** Width of the window at first: the whole map, but half way to filling the height of a screen that is upright. */
function firstWidth(): number {
  const box = atlas.viewer.container;
  const filled = (box.clientWidth / box.clientHeight) / (map.tileWidth / map.tileHeight);
  return box.clientWidth < box.clientHeight && filled < 1 ? Math.sqrt(filled) : wholeWidth();
}

/** Width of the window that holds the whole map. */
function wholeWidth(): number {
  const box = atlas.viewer.container;
  return Math.max(1, (box.clientWidth / box.clientHeight) / (map.tileWidth / map.tileHeight));
}

async function change(wish: Partial<View>): Promise<void> {
  history.pushState(null, "", write({ ...view, ...wish }));
  await restore();
}

async function open(number: number, entry: boolean): Promise<void> {
  try {
    const frame = await api.frame(number);
    show(frame, entry);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    panel.show("No such frame", make("p", { role: "alert" }, error.message));
  }
}

function show(frame: Frame, entry: boolean): void {
  view.frame = frame.number;
  overlay.showMark(frame);
  if (entry) remember(true);
  void panel.frame(api, frame);
}

async function select(polygon: number[][]): Promise<void> {
  overlay.use(null);
  tools.released();
  overlay.showSelection(polygon);
  panel.selection(api, polygon, await api.select(polygon));
}

function fillCollections(collections: Collection[], chosen: string | undefined): void {
  const list = byId<HTMLSelectElement>("collection");
  list.replaceChildren(...collections.map(({ name }) => make("option", { value: name, selected: name === chosen }, name)));
}

function showTools(): void {
  byId<HTMLSelectElement>("layer").value = view.layer;
  byId<HTMLInputElement>("trust").checked = view.trust;
  for (const id of ["fewer", "more"]) byId<HTMLButtonElement>(id).disabled = view.layer !== "pictures";
  const some = map.shown < map.frames;
  byId("summary").textContent = `${some ? `${thousands(map.shown)} of ` : ""}${counted(map.frames, "frame")}${some ? "" : ` · ${counted(map.films, "film")}`}`;
  filter.show(api, view.filter);
  if (map.shown === 0) byId("empty").replaceChildren(make("h2", {}, "No frame passes this filter"), make("button", { class: "main", click: () => void change({ filter: noFilter }) }, "Show all"));
  byId("empty").hidden = map.shown > 0;
}

const filter = bindFilter(wish => void change({ filter: wish }));
const tools = bindTools(atlas, overlay, {
  change: wish => void change(wish), view: () => view,
  select: polygon => void select(polygon),
  quality: () => showQuality(panel, map),
  whole: () => atlas.go({ x: 0.5, y: 0.5, width: wholeWidth() }),
  openAt: (x, y) => void openAt(x, y),
});

async function openAt(x: number, y: number): Promise<void> {
  if (x < 0 || y < 0 || x > 1 || y > 1) return;
  const frame = await atlas.frameAt(x, y).catch((error: unknown) => { if (error instanceof Refusal) return null; throw error; });
  if (frame) show(frame, true);
}

followPointer(atlas, () => api);
findFilms(() => api, panel, film => void api.strip(film.id).then(strip => { show(strip.frames[0], true); overlay.showPath(strip.frames); atlas.surround(strip.frames, surroundings); }));
findFile(() => api, panel, places => {
  view.frame = null;
  overlay.showPath(places);
  overlay.showMark(places[0]);
  atlas.surround(places, surroundings);
});
atlas.viewer.addHandler("canvas-click", event => {
  if (event.quick) { const { x, y } = atlas.toMap(event.position); void openAt(x, y); }
});
let settled = 0;
atlas.viewer.addHandler("animation-finish", () => {
  clearTimeout(settled);
  settled = window.setTimeout(() => {
    if (!view || restoring || atlas.viewer.world.getItemCount() === 0) return;
    Object.assign(view, atlas.window);
    remember(true);
  }, settleMilliseconds);
});
byId<HTMLSelectElement>("collection").addEventListener("change", event => {
  history.pushState(null, "", "?c=" + encodeURIComponent((event.target as HTMLSelectElement).value));
  void restore();
});
document.addEventListener("visibilitychange", () => {
  // A page that waits for its first map keeps waiting.
  if (!document.hidden) follow();
  else if (view) { events?.close(); events = null; }
});
window.addEventListener("popstate", () => void restore());
void restore();
