import type { Film, MapApi } from "./api";
import { make } from "./html";

/** A film from a moment on: its own file where the browser plays it, else a stretch that the server transcodes. */
export function player(api: MapApi, film: Film, frame: number, time: number): [HTMLElement, (time: number) => void] {
  const video = make("video", { controls: true, preload: "metadata", playsinline: true, poster: api.picture(frame) });
  video.muted = true;
  const said = make("small", {});
  let transcoded = film.type === null || video.canPlayType(film.type) === "";

  const load = (at: number) => {
    video.src = transcoded ? api.stretch(film.id, at) : `${api.source(film.id)}#t=${at.toFixed(3)}`;
    video.preload = transcoded ? "none" : "metadata";
    said.textContent = transcoded ? "Transcoded while it plays, a minute at a time." : "";
  };
  video.addEventListener("error", () => {
    if (transcoded) said.textContent = "This film cannot be played here.";
    else { transcoded = true; load(time); }
  });
  load(time);
  return [make("div", { class: "player" }, video, said), at => {
    time = at;
    if (transcoded) load(at);
    else video.currentTime = at;
  }];
}
