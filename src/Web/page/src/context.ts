import type { Film, Found, Frame, Group, MapApi, MapDocument } from "./api";
import { make } from "./html";
import type { AtlasView } from "./map";
import type { Store } from "./state";

/** A map that is loaded: what the state names. */
export interface World {
  api: MapApi;
  map: MapDocument;
  groups: Group[];
}

/** What parts of the page are made with. */
export interface Context {
  store: Store;
  atlas: AtlasView;
  world: () => World | null;
  /** What was found for a file before. */
  found: (api: MapApi, key: string, signal: AbortSignal) => Promise<Found>;
}

/** Opens a frame, which may be of another film; a question for a file that is not answered yet is given up. */
export function openFrame({ store }: Context, frame: number, path = false): void {
  const { open, playing } = store.state;
  store.change({ open: frame, path, playing: open === frame && playing });
}

/** The colour of a group of films, on either ground. */
export const dot = (groups: Group[], { group }: Pick<Film | Frame, "group">) => {
  const colours = groups[group];
  return make("i", { class: "dot", style: colours ? `--light:${colours.colour};--dark:${colours.colourOnDark}` : "" });
};
