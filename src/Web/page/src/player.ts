import type { Film, Frame, MapApi } from "./api";
import { make } from "./html";

const stretchSeconds = 60;
const seekMilliseconds = 250;
/** Seconds of sound without a picture after which a browser is not believed that it shows one. */
const blindSeconds = 0.6;

/** Where a film is shown: a frame of it, and from there the film itself, its own file where the browser plays it, else stretches that the
 * server transcodes. */
export class Player {
  readonly element: HTMLElement;
  private readonly image: HTMLImageElement;
  private readonly said = make("small", { role: "status" });
  private readonly start = make("button", { class: "play", hidden: true, click: () => void this.play() }, "▶ Play from here");
  private film: Film | null = null;
  private video: HTMLVideoElement | null = null;
  private transcoded = false;
  /** Time in the film where the video's own time is 0. */
  private base = 0;
  private timer = 0;

  constructor(
    private readonly api: MapApi,
    private frame: Frame,
    /** Told the time in the film while it plays. */
    private readonly onTime: (seconds: number) => void,
    private readonly onPlaying: (playing: boolean) => void,
  ) {
    this.image = make("img", { class: "large" });
    this.element = make("div", { class: "player" }, this.image, this.start, this.said);
    this.seek(frame);
  }

  /** Offers to play, once the film is known. */
  offer(film: Film): void {
    this.film = film;
    this.start.hidden = film.kind !== "film" || this.video !== null;
  }

  /** Shows another moment. */
  seek(frame: Frame): void {
    this.frame = frame;
    this.image.src = this.api.picture(frame.number);
    this.image.alt = `${frame.name} at ${frame.timecode}`;
    if (this.video === null) return;
    clearTimeout(this.timer);
    if (this.transcoded) this.timer = window.setTimeout(() => this.load(), seekMilliseconds);
    else this.video.currentTime = frame.time;
  }

  toggle(): void {
    if (this.video === null) void this.play();
    else if (this.video.paused) this.run();
    else this.video.pause();
  }

  /** Ends what is played. */
  end(): void {
    clearTimeout(this.timer);
    this.video?.pause();
    this.video?.removeAttribute("src");
    this.video = null;
  }

  private async play(): Promise<void> {
    if (this.video !== null || this.film?.kind !== "film") return;
    const film = this.film;
    const video = make("video", { controls: true, playsinline: true, poster: this.image.src, "aria-label": film.name });
    this.video = video;
    video.addEventListener("error", () => this.failed());
    video.addEventListener("loadedmetadata", () => video.videoWidth === 0 && this.failed());
    video.addEventListener("timeupdate", () => this.told(video));
    for (const name of ["play", "pause", "ended"]) video.addEventListener(name, () => this.onPlaying(!video.paused));
    video.addEventListener("ended", () => this.next());
    this.start.hidden = true;
    this.image.replaceWith(video);
    const { type } = await this.api.media(film.id).catch(() => ({ type: film.type }));
    if (this.video !== video) return;
    this.transcoded = type === null || video.canPlayType(type) === "";
    this.load();
    video.focus();
  }

  private told(video: HTMLVideoElement): void {
    if (this.video !== video || video.seeking || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const blind = !this.transcoded && video.played.length > 0 && video.played.end(0) - video.played.start(0) > blindSeconds;
    if (blind && video.getVideoPlaybackQuality().totalVideoFrames === 0) this.failed();
    else if (!video.paused) this.onTime(this.base + video.currentTime);
  }

  /** What the browser does not show after all is transcoded. */
  private failed(): void {
    if (this.video === null) return;
    if (this.transcoded && this.video.currentTime > 0) {
      // Paused for long, or the server was busy: it goes on from there.
      const { paused, currentTime } = this.video;
      this.load(this.base + currentTime);
      if (paused) this.video.pause();
      return;
    }
    if (this.transcoded) {
      this.said.textContent = "This film cannot be played here: its file is gone or damaged.";
      return;
    }
    this.transcoded = true;
    this.load();
  }

  private next(): void {
    const after = this.base + stretchSeconds;
    if (this.transcoded && after < this.film!.seconds) this.load(after);
  }

  private load(time = this.frame.time): void {
    const [video, film] = [this.video!, this.film!];
    this.base = this.transcoded ? time : 0;
    video.src = this.transcoded
      ? this.api.stretch(film.id, time, Math.max(time + 0.5, Math.min(time + stretchSeconds, film.seconds)))
      : `${this.api.source(film.id)}#t=${time.toFixed(3)}`;
    this.said.textContent = this.transcoded ? "Transcoded while it plays; move with the slider below." : "";
    this.run();
  }

  private run(): void {
    const video = this.video!;
    // A browser that lets nothing sound by itself plays without sound; where it keeps even that, its own button starts it.
    video.play().catch((error: Error) => {
      if (error.name !== "NotAllowedError" || video.muted) return;
      video.muted = true;
      void video.play().catch(() => undefined);
    });
  }
}
