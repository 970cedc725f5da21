import { read } from "./address";
import { type Collection, collections, MapApi, Refusal } from "./api";
import { Content } from "./content";
import type { Context, World } from "./context";
import { showNoMap, showProblem, showUnknown } from "./empty";
import { bindSearch } from "./films";
import { bindFilter, known as knownFilter } from "./filter";
import { bindFiles } from "./found";
import { showHeader } from "./header";
import { followPointer } from "./hover";
import { byId } from "./html";
import { showLegend } from "./legend";
import { AtlasView } from "./map";
import { Marks } from "./marks";
import { tellDrift, tellProblems } from "./notice";
import { Overlay } from "./overlay";
import { ProgressWatch, showNews } from "./progress";
import { type Cause, noFilter, type State, Store } from "./state";
import { Tools } from "./tools";

const lookAgainMilliseconds = 3000;
const progressAfterMilliseconds = 1500;

let known: Collection[] = [];
let world: World | null = null;
let watch: ProgressWatch | null = null;
let [wanted, visits] = [0, 0];

const store = new Store(history);
const atlas = new AtlasView(byId("map"));
const context: Context = { store, atlas, world: () => world, found: (api, key, signal) => content.file.found(api, key, signal) };
const content: Content = new Content(context);
const overlay: Overlay = new Overlay(atlas, (polygon) => tools.select(polygon));
const tools: Tools = new Tools(context, () => overlay, content);
const marks = new Marks(context, overlay);
const filter = bindFilter(context);
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Goes to where an address leads, and says where it cannot. */
async function goToAddress(): Promise<void> {
  const own = ++visits;
  try {
    const wish = read(location.search);
    const all = await collections();
    if (own !== visits) return;
    known = all;
    const collection = known.find(({ name }) => name === wish.collection) ?? (wish.collection === undefined ? first(known) : undefined);
    const version = wish.version ?? collection?.current ?? "";
    tellProblems(wish.problems);
    if (!collection && wish.collection !== undefined) {
      stop();
      showHeader(context, known, undefined);
      showUnknown(
        `There is no collection ‘${wish.collection}’ here`,
        known.map(({ name }) => [name, { collection: name, version: "" }]),
        leave,
      );
    } else if (!collection?.current) wait(collection);
    else if (!collection.maps.some((map) => map.version === version)) {
      stop();
      showHeader(context, known, collection);
      showUnknown(
        `${collection.name} has no map ‘${version}’`,
        [["Show its newest map", { collection: collection.name, version: "" }]],
        leave,
      );
    } else {
      const [filter, absent] = await knownFilter(new MapApi(collection.name, version, noFilter), wish.rest.filter);
      if (own !== visits) return;
      tellProblems([...wish.problems, ...absent]);
      const named = { ...wish.rest, filter, view: wish.view, collection: collection.name, version };
      await showState({ ...store.state, ...named, asking: null, playing: false });
    }
  } catch (error) {
    tell(error);
  }
}

function tell(error: unknown): void {
  if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
  showProblem(error instanceof Refusal ? error.message : "The server does not answer; is atlas serve still running?", goToAddress);
}

const first = (all: Collection[]) => all.find(({ current }) => current !== null) ?? all[0];

/** Loads what a state names and takes it on, as the browser came to it. */
async function showState(state: State): Promise<void> {
  const own = visits;
  await load(state);
  if (own !== visits) return;
  const view = { ...state.view };
  const anywhere = view.width === 0;
  byId("empty").hidden = true;
  // The panel first: it takes room from the map, whose window is the one of the address.
  content.show(state);
  if (view.pictures === 0) view.pictures = atlas.firstPictures;
  if (view.width === 0 && world) view.width = atlas.firstWidth(world.map);
  store.change({ ...state, view }, "replace", "address");
  if (anywhere) void marks.reveal();
}

/** Makes the world the one that a state names. */
async function load({ collection, version, filter: wish }: State): Promise<void> {
  const old = world?.api;
  const api = new MapApi(collection, version, wish);
  if (old?.path === api.path && old.query === api.query) return;
  const own = ++wanted;
  const [map, groups] = await Promise.all([api.info(), old?.path === api.path ? world!.groups : api.groups()]);
  if (own === wanted) world = { api, map, groups };
}

/** The page without a map. */
function stop(): void {
  watch?.end();
  watch = null;
  world = null;
  content.show(store.state);
  for (const id of ["tools", "find"]) byId(id).inert = true;
}

/** Waits for the first map of a collection, or for a collection. */
function wait(collection: Collection | undefined): void {
  stop();
  const tell = showNoMap(collection);
  if (!collection) {
    window.setTimeout(() => void goToAddress(), lookAgainMilliseconds);
    return;
  }
  showHeader(context, known, collection);
  watch = new ProgressWatch(collection.name, (now) => {
    if (now?.map) leave({ collection: collection.name, version: now.map });
    else {
      showNews(collection.name, null, now, () => undefined);
      if (now) tell(now);
    }
  });
}

/** Goes to another collection or map, with nothing open in it. */
function leave(to: Pick<State, "collection" | "version">): void {
  history.pushState(null, "", `?${new URLSearchParams({ c: to.collection, ...(to.version ? { map: to.version } : {}) })}`);
  void goToAddress();
}

async function follow(now: State, before: State, cause: Cause): Promise<void> {
  const filtered = JSON.stringify(now.filter) !== JSON.stringify(before.filter);
  if (filtered && cause === "act") await load(now);
  if (!world) return;
  const { state } = store;
  content.show(state);
  showMap(state, before, cause);
  void marks.show(state, before, cause);
  if (state.version !== before.version || state.collection !== before.collection) {
    for (const id of ["tools", "find"]) byId(id).inert = false;
    tellDrift(world);
    watch?.end();
    watch = null;
    // The map first: a look at a large collection keeps the server busy.
    window.setTimeout(startWatch, progressAfterMilliseconds);
  }
  showHeader(
    context,
    known,
    known.find(({ name }) => name === state.collection),
  );
  if (state.view !== before.view || filtered || state.version !== before.version) showLegend(context, state);
  if (filtered || state.version !== before.version) filter.show();
}

function startWatch(): void {
  const { collection, version } = store.state;
  if (watch !== null || !world) return;
  watch = new ProgressWatch(collection, (now) => showNews(collection, version, now, (newer) => leave({ collection, version: newer })));
}

let shown: World | null = null;

/** The map as the state has it: other tiles, or another window of the same. */
function showMap({ view }: State, { view: before }: State, cause: Cause): void {
  const drawn = view.layer === before.layer && view.trust === before.trust && view.pictures === before.pictures;
  if (shown !== world || !drawn) atlas.show(world!.api, world!.map, view, dark.matches);
  else if (cause === "address") atlas.go(view, true);
  shown = world;
}

store.follow((state, before, cause) => void follow(state, before, cause).catch(tell));
bindSearch(context);
bindFiles(context);
followPointer(atlas, () => world!.api);
atlas.onSettled = (byHand) => store.change({ view: { ...store.state.view, ...atlas.window } }, byHand ? "push" : "replace");
atlas.viewer.addHandler("canvas-click", (event) => {
  if (event.quick) void tools.openAt(atlas.toMap(event.position));
});
dark.addEventListener("change", () => world && atlas.show(world.api, world.map, store.state.view, dark.matches));
byId("collection").addEventListener("change", (event) => leave({ collection: (event.target as HTMLSelectElement).value, version: "" }));
byId("version").addEventListener("change", (event) =>
  leave({ collection: store.state.collection, version: (event.target as HTMLSelectElement).value }),
);
byId("empty").addEventListener("click", (event) => {
  if ((event.target as HTMLElement).id === "show-all") store.change({ filter: noFilter });
});
window.addEventListener("popstate", () => void goToAddress());
void goToAddress();
