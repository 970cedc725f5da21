import type { MapApi, Progress } from "./api";
import { byId, make, thousands } from "./html";

/** Tells how far indexing is, what failed, which frames came, and that a newer map is there. */
export function followProgress(api: MapApi, showMap: (version: string) => void): EventSource {
  const [summary, news] = [byId<HTMLElement>("summary"), byId<HTMLElement>("news")];
  const events = api.events();
  events.addEventListener("progress", event => {
    const now = JSON.parse(event.data as string) as Progress;
    summary.textContent = `${thousands(now.frames)} frames · ${thousands(now.films)} films`;
    const content: Node[] = [];
    if (now.segments < now.totalSegments) {
      content.push(make("label", {}, `Indexing: ${thousands(now.segments)} of ${thousands(now.totalSegments)} segments `, make("progress", { max: now.totalSegments, value: now.segments })));
      content.push(...now.newest.map(path => make("img", { src: path, alt: "New frame" })));
    }
    if (now.failures.length > 0) {
      content.push(make("details", {}, make("summary", {}, `${thousands(now.failures.length)} failed`),
        make("ul", {}, ...now.failures.map(failure => make("li", {}, make("b", {}, failure.name), ` ${failure.reason}`)))));
    }
    if (now.map !== null && now.map !== api.version) {
      const version = now.map;
      content.push(make("button", { click: () => showMap(version) }, "A newer map is there: show it"));
    }
    news.replaceChildren(...content);
    news.hidden = content.length === 0;
  });
  return events;
}
