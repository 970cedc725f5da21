import type { Film, Frame, MapApi } from "./api";
import { type Context, openFrame } from "./context";
import { nearest } from "./geometry";
import { make } from "./html";
import { folderOf, shortName } from "./names";
import { Likeness } from "./neighbours";
import { type Panel, settle } from "./panel";
import { Player } from "./player";
import { clipsLike } from "./similar";
import { noFilter } from "./state";
import { FilmStrip, filmFacts } from "./strip";

const settleMilliseconds = 350;
const stepsApartMilliseconds = 1000;
/** Time that an answer about a frame that is played is waited for. */
const patienceMilliseconds = 5000;

/** The panel of an open frame: its film played from there, as a strip, and what is like it. One panel serves all frames of a film. */
export class FramePanel {
  private readonly api: MapApi;
  private readonly player: Player;
  private readonly facts = make("p", { class: "facts" });
  private readonly actions = make("div", { class: "actions" });
  private readonly clips = make("div");
  private readonly likeness: Likeness;
  private readonly shown: AbortSignal;
  private strip: FilmStrip | null = null;
  private frame: Frame;
  private times: number[] = [];
  private first = 0;
  private endClips = () => {};
  private timer = 0;
  private stepped = Number.NEGATIVE_INFINITY;
  /** The frame that the player came to by itself. */
  private played = -1;
  private came = 0;
  /** Where it is by now, while the answer about an earlier frame is to come. */
  private ahead = -1;

  constructor(
    private readonly context: Context,
    panel: Panel,
    frame: Frame,
    back: string | null,
  ) {
    this.api = context.world()!.api;
    this.frame = frame;
    this.player = new Player(
      this.api,
      frame,
      (seconds) => this.comeTo(seconds),
      (playing) => context.store.change({ playing }, "replace"),
    );
    this.likeness = new Likeness(context);
    const film = make("div", { class: "film" });
    const { element } = this.player;
    this.shown = panel.show(shortName(frame.name), back, element, this.facts, film, this.actions, this.likeness.element, this.clips);
    const both = Promise.all([this.api.strip(frame.film), this.api.times(frame.film)]);
    void settle(film, both, this.shown, ([strip, { first, times }]) => {
      [this.first, this.times] = [first, times];
      this.strip = new FilmStrip(this.api, strip, times, first, (open, entry) => context.store.change({ open }, entry));
      this.player.offer(strip.film);
      this.actions.replaceChildren(...this.buttons(strip.film));
      requestAnimationFrame(() => this.strip?.show(this.frame));
      this.settled(strip.film);
      return [this.strip.element];
    });
  }

  /** Whether this panel is the one for a frame. */
  shows(api: MapApi, frame: Frame): boolean {
    return this.api.path === api.path && this.frame.film === frame.film;
  }

  show(frame: Frame): void {
    const before = this.frame;
    this.frame = frame;
    this.facts.replaceChildren(
      make("b", { class: "timecode" }, frame.timecode),
      make("small", { title: frame.name }, folderOf(frame.name) + shortName(frame.name)),
    );
    this.strip?.show(frame);
    if (before.number === frame.number) return;
    if (this.played !== frame.number) this.player.seek(frame);
    else if (this.ahead >= 0) this.playTo(this.ahead);
    this.ahead = -1;
    this.settled();
  }

  end(): void {
    clearTimeout(this.timer);
    this.endClips();
    this.likeness.end();
    this.player.end();
  }

  togglePlaying(): void {
    this.player.toggle();
  }

  /** Goes to a frame before or after this one; steps that follow each other are one entry of the history. */
  step(by: number): void {
    const open = this.context.store.state.open! + by;
    if (open < this.first || open >= this.first + this.times.length) return;
    const now = performance.now();
    this.context.store.change({ open }, now - this.stepped < stepsApartMilliseconds ? "replace" : "push");
    this.stepped = now;
  }

  private comeTo(seconds: number): void {
    if (this.times.length === 0) return;
    const open = this.first + nearest(this.times, seconds);
    if (open === this.frame.number) return;
    // Where answers take longer than a frame lasts, the next one waits until the last one is shown: else none ever would be.
    const waits = this.context.store.state.open !== this.frame.number;
    if (waits && performance.now() - this.came < patienceMilliseconds) this.ahead = open;
    else this.playTo(open);
  }

  private playTo(open: number): void {
    this.came = performance.now();
    this.played = open;
    this.context.store.change({ open }, "replace");
  }

  /** What is like the frame is asked once it stays: not for every frame that is played or passed. */
  private settled(film?: Film): void {
    if (film) this.clipsOf = film;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.context.store.state.playing) return this.settled();
      // The neighbours first: comparing clips keeps the server busy.
      void this.likeness.show(this.frame).then(() => {
        if (this.shown.aborted || !this.clipsOf) return;
        this.endClips();
        const [section, end] = clipsLike(this.api, this.clipsOf, this.frame, (number) => openFrame(this.context, number));
        this.endClips = end;
        this.clips.replaceChildren(section);
      });
    }, settleMilliseconds);
  }

  private clipsOf: Film | null = null;

  private buttons(film: Film): Node[] {
    const { store } = this.context;
    const several = this.times.length > 1;
    const button = (name: string, title: string, click: () => void) => make("button", { title, click }, name);
    return [
      ...(several
        ? [
            button("‹", "Frame before (,)", () => this.step(-1)),
            button("›", "Next frame (.)", () => this.step(1)),
            button("Path on the map", "Draw the film's way over the map", () => store.change({ path: !store.state.path })),
          ]
        : []),
      button(film.kind === "photo" ? "Only this photo" : "Only this film", "Show nothing else on the map", () =>
        store.change({ filter: { ...noFilter, film: [film.id] } }),
      ),
      make("small", {}, filmFacts(film)),
    ];
  }
}
