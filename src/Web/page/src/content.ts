import { type Frame, type MapApi, Refusal } from "./api";
import type { Context } from "./context";
import { showFilms } from "./films";
import { FilePanel } from "./found";
import { FramePanel } from "./frame";
import { showHelp } from "./help";
import { alertOf } from "./html";
import { Panel } from "./panel";
import { showQuality } from "./quality";
import { showSelection } from "./selection";
import type { State } from "./state";

/** What the panel shows: the frame that is open, else the selection, else what was asked for. */
export class Content {
  readonly panel = new Panel(
    () => this.context.store.change(above(this.context.store.state)),
    () => this.context.store.change(nothing),
  );
  frame: FramePanel | null = null;
  readonly file: FilePanel;
  private key = "";

  constructor(private readonly context: Context) {
    this.file = new FilePanel(context, this.panel);
  }

  /** Follows the state; the panel has its room on the screen when this returns. */
  show(state: State): void {
    const world = this.context.world();
    const key = world ? keyOf(state, world.api) : "";
    if (key === this.key) return;
    this.key = key;
    if (state.open === null || state.asking !== null) this.endFrame();
    if (!world || key === "") this.panel.hide();
    else if (state.asking !== null)
      void this.file.ask(state.asking.file, keyOf({ ...state, asking: null }, world.api) === "" ? null : "Back to what was open");
    else if (state.open !== null) {
      this.panel.reserve();
      void this.showFrame(state.open, below(state), key);
    } else if (state.selection !== null) showSelection(this.context, this.panel, state.selection);
    else if (state.query?.kind === "films") showFilms(this.context, this.panel, state.query.text);
    else if (state.query?.kind === "quality") showQuality(this.panel, world.map);
    else if (state.query?.kind === "help") showHelp(this.panel);
    else if (state.query) this.file.answer(state.query.key);
  }

  private async showFrame(number: number, back: string | null, key: string): Promise<void> {
    try {
      const { api } = this.context.world()!;
      const frame = await api.frame(number);
      if (this.key !== key) return;
      if (!this.frame?.shows(api, frame)) this.open(frame, back);
      this.frame!.show(frame);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (this.key !== key) return;
      this.endFrame();
      this.panel.show("No such frame", back, alertOf(error.message));
    }
  }

  private open(frame: Frame, back: string | null): void {
    this.endFrame();
    this.frame = new FramePanel(this.context, this.panel, frame, back);
  }

  private endFrame(): void {
    this.frame?.end();
    this.frame = null;
  }
}

const nothing: Partial<State> = { open: null, path: false, selection: null, query: null, playing: false };

/** The state without what the panel shows. */
export function above({ open, asking }: State): Partial<State> {
  if (asking !== null) return { asking: null };
  return open !== null ? { open: null, path: false, playing: false } : nothing;
}

function below({ selection, query }: State): string | null {
  if (selection !== null) return "Back to the selection";
  if (query?.kind === "films") return "Back to the films";
  return query?.kind === "file" ? "Back to what was found" : null;
}

function keyOf({ open, selection, query, asking }: State, api: MapApi): string {
  if (asking !== null) return `${api.path} asking ${asking.at}`;
  if (open !== null) return `${api.path} frame ${open}`;
  const map = api.path + api.query;
  if (selection !== null) return `${map} selection ${JSON.stringify(selection)}`;
  return query === null ? "" : `${map} ${JSON.stringify(query)}`;
}
