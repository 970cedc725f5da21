import { write } from "./address";
import type { Filter } from "./api";

export const layers = ["pictures", "points-film", "points-time", "points-trust", "points-length"] as const;
export type Layer = (typeof layers)[number];

/** The window of the map (centre, width; 1 is the whole map), the pictures side by side in it, and what is drawn. */
export interface View {
  x: number;
  y: number;
  width: number;
  pictures: number;
  layer: Layer;
  trust: boolean;
}

/** What the panel was asked for, where that is no frame and no selection. */
export type Query = { kind: "films"; text: string } | { kind: "file"; key: string } | { kind: "quality" } | { kind: "help" };

export interface Asking {
  file: File;
  at: number;
}

/** All that the page is: whoever knows it can show it. */
export interface State {
  collection: string;
  /** Version of the map; empty where the collection has none yet. */
  version: string;
  view: View;
  filter: Filter;
  /** Number of the frame that is open. */
  open: number | null;
  /** Whether the way of the open frame's film over the map is drawn. */
  path: boolean;
  /** Corners of what is selected. */
  selection: number[][] | null;
  query: Query | null;
  /** A file that is being looked for: shown before all else, in no address; once it is found it is a query. */
  asking: Asking | null;
  playing: boolean;
}

export const noFilter: Filter = { film: [], group: [], from: "", to: "", since: "" };

export const isFiltered = ({ film, group, from, to, since }: Filter) => film.length + group.length > 0 || from + to + since !== "";

export const start: State = {
  collection: "",
  version: "",
  view: { x: 0.5, y: 0.5, width: 0, pictures: 0, layer: "pictures", trust: false },
  filter: noFilter,
  open: null,
  path: false,
  selection: null,
  query: null,
  asking: null,
  playing: false,
};

/** A new entry for the way back, or the present one changed. */
export type Entry = "push" | "replace";

/** Why the state changed: somebody did something, or the browser went to an address. */
export type Cause = "act" | "address";

export type Listener = (state: State, before: State, cause: Cause) => void;

// Why: docs/decisions/web-page-state.md
/** Holds the state. It changes here and nowhere else; the address and everything on the page follow. */
export class Store {
  private readonly listeners: Listener[] = [];
  private now: State = start;

  constructor(private readonly history: Pick<History, "pushState" | "replaceState">) {}

  get state(): State {
    return this.now;
  }

  follow(listener: Listener): void {
    this.listeners.push(listener);
  }

  change(wish: Partial<State>, entry: Entry = "push", cause: Cause = "act"): void {
    const before = this.now;
    // Whoever wants to see something else no longer waits for a file.
    const waits = !("open" in wish || "selection" in wish || "query" in wish);
    this.now = { ...before, asking: waits ? before.asking : null, ...wish };
    const address = write(this.now);
    if (address !== write(before)) {
      if (entry === "push") this.history.pushState(null, "", address);
      else this.history.replaceState(null, "", address);
    }
    for (const listener of this.listeners) listener(this.now, before, cause);
  }
}
