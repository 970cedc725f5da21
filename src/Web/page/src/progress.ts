import type { MapApi, Progress } from "./api";
import { byId, counted, make, thousands } from "./html";

const framesShown = 8;
const framesHeld = 24;
const lostMilliseconds = 3000;

/** Tells how far indexing is, what failed, which frames came, and that a newer map is there. */
export function followProgress(api: MapApi, tell: (now: Progress, came: string[]) => void, showMap: (version: string) => void): EventSource {
  const news = byId<HTMLElement>("news");
  const events = api.events();
  const came: string[] = [];
  let failuresOpen = false;
  events.addEventListener("progress", event => {
    const now = JSON.parse(event.data as string) as Progress;
    came.unshift(...now.newest);
    came.length = Math.min(came.length, framesHeld);
    tell(now, came);
    // Where nothing is shown yet there is nothing to be kept.
    if (now.map !== null && api.version === "") { showMap(now.map); return; }
    const content: Node[] = [];
    if (now.map !== null && now.map !== api.version) {
      const version = now.map;
      content.push(make("button", { class: "main", click: () => showMap(version) }, "A newer map is there: show it"));
    }
    if (now.segments < now.totalSegments) {
      content.push(make("label", {}, `Indexing: ${thousands(now.segments)} of ${thousands(now.totalSegments)} parts of films, ${thousands(now.frames)} frames `, make("progress", { max: now.totalSegments, value: now.segments })));
      if (came.length > 0 && api.version !== "") content.push(make("span", { class: "came" }, ...came.slice(0, framesShown).map(path => make("img", { src: path, alt: "A frame that came just now" }))));
    }
    else if (now.frames > now.onMap) {
      content.push(make("span", {}, `${counted(now.frames - now.onMap, "frame")} described and not on a map yet: that comes when the model is fitted and they are placed.`));
    }
    if (now.failures.length > 0) {
      const details = make("details", { open: failuresOpen }, make("summary", {}, `${counted(now.failures.length, "file")} failed`),
        make("ul", {}, ...now.failures.map(failure => make("li", {}, make("b", {}, failure.name), `: ${failure.reason}`))));
      details.addEventListener("toggle", () => { failuresOpen = details.open; });
      content.push(details);
    }
    news.replaceChildren(...content);
    news.hidden = content.length === 0;
  });
  let lost = 0;
  events.addEventListener("open", () => { clearTimeout(lost); lost = 0; });
  events.addEventListener("error", () => {
    lost ||= window.setTimeout(() => {
      news.replaceChildren(make("span", { role: "alert" }, "The server does not answer; start it again with atlas serve."));
      news.hidden = false;
    }, lostMilliseconds);
  });
  return events;
}
