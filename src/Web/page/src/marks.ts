import { isAbort, Refusal } from "./api";
import type { Context } from "./context";
import type { Overlay } from "./overlay";
import type { Cause, State } from "./state";

const surroundings = 0.3;

/** What lies over the map: the mark of what is open, ways, the selection; and the map where they are. */
export class Marks {
  private way = "";
  private ends = new AbortController();

  constructor(
    private readonly context: Context,
    private readonly overlay: Overlay,
  ) {}

  async show(state: State, before: State, cause: Cause): Promise<void> {
    const acted = cause === "act";
    this.overlay.showSelection(state.selection ?? []);
    if (state.open !== before.open || state.version !== before.version) this.overlay.showMark(state.open);
    const moved = await this.showWay(state, acted);
    if (acted && !moved && (state.open !== before.open || state.view.layer !== before.view.layer)) await this.reveal();
  }

  /** Moves the map so that what is open is in view. */
  async reveal(): Promise<void> {
    const { atlas, store } = this.context;
    const { open } = store.state;
    if (open === null) return;
    await this.quietly(async () => {
      const part = await atlas.placeOf(open);
      if (store.state.open === open) atlas.reveal(part);
    });
  }

  /** The way of the open film, or of the clip that was dropped. Says whether the map moved to show it. */
  private async showWay(state: State, acted: boolean): Promise<boolean> {
    const key = keyOf(state);
    if (key === this.way) return false;
    this.way = key;
    this.ends.abort();
    this.ends = new AbortController();
    const { signal } = this.ends;
    if (key === "") this.overlay.showWay([]);
    let moved = false;
    await this.quietly(async () => {
      const places = key === "" ? [] : await this.places(state, signal);
      if (signal.aborted || places.length === 0) return;
      this.overlay.showWay(places);
      if (state.open === null) this.overlay.showMark(places[0]);
      if (acted) this.context.atlas.surround(places, surroundings);
      moved = acted;
    });
    return moved;
  }

  private async places({ open, query }: State, signal: AbortSignal): Promise<{ x: number; y: number }[]> {
    const { api } = this.context.world()!;
    if (open !== null) return (await api.strip((await api.frame(open)).film)).frames;
    return query?.kind === "file" ? (await this.context.found(api, query.key, signal)).places : [];
  }

  /** What cannot be shown over the map is told in the panel. */
  private async quietly(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal || isAbort(error))) throw error;
    }
  }
}

function keyOf({ collection, version, open, path, query }: State): string {
  if (open !== null) return path ? `${collection} ${version} path` : "";
  return query?.kind === "file" ? `${collection} ${version} ${query.key}` : "";
}
