import { ask, MapApi, Refusal, type Collection, type Frame, type MapDocument } from "./api";
import { noFilter, read, write, type View } from "./address";
import { bindFilter } from "./filter";
import { findFile, findFilms } from "./find";
import { followPointer } from "./hover";
import { byId, make, thousands } from "./html";
import { AtlasView } from "./map";
import { Overlay } from "./overlay";
import { Panel } from "./panel";
import { followProgress } from "./progress";
import { showQuality } from "./quality";
import { bindTools } from "./tools";

const settleMilliseconds = 400;

let view: View;
let api: MapApi;
let map: MapDocument;
let events: EventSource | null = null;
let restoring = false;

const atlas = new AtlasView(byId("map"));
const overlay = new Overlay(atlas, polygon => void select(polygon));
const panel = new Panel({
  openFrame: number => void open(number, true),
  showPath: frames => { overlay.showPath(frames); atlas.go({ x: 0.5, y: 0.5, width: 1 }); },
  onlyFilm: film => void change({ filter: { ...noFilter, film: [film] } }),
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

/** Shows what an address asks for; what it leaves out is as it is at first. */
async function restore(): Promise<void> {
  const wish = read(location.search);
  const collections = await ask<Collection[]>("/api/collections");
  const collection = collections.find(found => found.name === wish.collection) ?? collections.find(found => found.current !== null) ?? collections[0];
  fillCollections(collections, collection?.name);
  if (!collection?.current) {
    byId("summary").textContent = collection ? "This collection has no map yet; it appears here when it is made." : "There is no collection yet: atlas index FOLDER -c NAME makes one.";
    if (collection) {
      api = new MapApi(collection.name, "", noFilter);
      events ??= followProgress(api, () => location.reload());
    }
    return;
  }

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
    if (events === null) window.setTimeout(() => { events ??= followProgress(api, newer => void change({ map: newer, frame: null })); }, 1500);
  }
  if (view.width === 0) view.width = wholeWidth();
  showTools();
  document.title = `${view.collection} · OrleansAtlas`;
  // The panel first: it takes room from the map, whose window is the one of the address.
  if (view.frame !== null) await open(view.frame, false);
  else if (!byId("panel").hidden) panel.close();
  atlas.show(api, map, view.layer, view.pictures, view.trust, view);
  restoring = false;
  remember(false);
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
  byId("summary").textContent = `${thousands(map.frames)} frames · ${thousands(map.films)} films`;
  filter.show(view.filter);
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
findFilms(() => api, panel, film => void api.strip(film.id).then(strip => { overlay.showPath(strip.frames); show(strip.frames[0], true); atlas.reveal(strip.frames[0].x, strip.frames[0].y); }));
findFile(() => api, panel, places => {
  overlay.showPath(places);
  overlay.showMark(places[0]);
  atlas.reveal(places[0].x, places[0].y);
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
window.addEventListener("popstate", () => void restore());
void restore();
