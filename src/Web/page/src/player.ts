import type { Film, MapApi } from "./api";
import { make } from "./html";

const stretchSeconds = 60;

/** Where a film is shown: a frame of it, and from there the film itself, its own file where the browser plays it, else stretches that the server transcodes. */
export class Player {
  readonly element: HTMLElement;
  private readonly image: HTMLImageElement;
  private readonly said = make("small", { role: "status" });
  private video: HTMLVideoElement | null = null;
  private transcoded = false;
  private time = 0;

  constructor(private readonly api: MapApi, frame: { number: number; name: string; timecode: string; time: number }) {
    this.time = frame.time;
    this.image = make("img", { class: "large", src: api.picture(frame.number), alt: `${frame.name} at ${frame.timecode}` });
    this.element = make("div", { class: "player" }, this.image);
  }

  /** Offers to play, once the film is known. */
  offer(film: Film): void {
    if (film.kind !== "film") return;
    this.element.append(make("button", { class: "play", click: (event: Event) => { (event.currentTarget as HTMLElement).remove(); this.play(film); } }, "▶ Play from here"), this.said);
  }

  /** Shows another moment. */
  seek(number: number, time: number, alt: string): void {
    this.time = time;
    this.image.src = this.api.picture(number);
    this.image.alt = alt;
    if (this.video === null) return;
    if (this.transcoded) this.load();
    else this.video.currentTime = time;
  }

  private film!: Film;

  private play(film: Film): void {
    this.film = film;
    this.transcoded = film.type === null || document.createElement("video").canPlayType(film.type) === "";
    const video = this.video = make("video", { controls: true, playsinline: true, autoplay: true, poster: this.image.src, "aria-label": film.name });
    video.muted = true;
    video.addEventListener("error", () => {
      if (this.transcoded) this.said.textContent = "This film cannot be played here: its file is gone or damaged.";
      else { this.transcoded = true; this.load(); }
    });
    video.addEventListener("ended", () => {
      if (!this.transcoded || this.time + stretchSeconds >= film.seconds) return;
      this.time += stretchSeconds;
      this.load();
    });
    this.image.replaceWith(video);
    this.load();
    video.focus();
  }

  private load(): void {
    const video = this.video!;
    video.src = this.transcoded ? this.api.stretch(this.film.id, this.time, Math.max(0.5, Math.min(stretchSeconds, this.film.seconds - this.time))) : `${this.api.source(this.film.id)}#t=${this.time.toFixed(3)}`;
    this.said.textContent = this.transcoded ? "Transcoded while it plays; move with the slider below." : "";
    // Where the browser keeps a film from starting by itself its own button starts it.
    void video.play().catch(() => undefined);
  }
}
