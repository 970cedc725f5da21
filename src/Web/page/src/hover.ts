import type { Frame, MapApi, Strip } from "./api";
import { isAbort, Refusal } from "./api";
import { byId, make } from "./html";
import type { AtlasView } from "./map";
import { folderOf, shortName, shortTime } from "./names";

const restMilliseconds = 70;
const timelineFrames = 9;
const stripsHeld = 40;

/** The frame under a pointer that rests: large, with its film, time code and the film's timeline. */
export function followPointer(view: AtlasView, api: () => MapApi): void {
  const card = byId<HTMLElement>("hover");
  const [image, caption, timeline] = [
    card.querySelector<HTMLImageElement>(".frame")!,
    card.querySelector("figcaption")!,
    card.querySelector<HTMLElement>(".timeline")!,
  ];
  const [pictures, needle] = [timeline.querySelector("div")!, timeline.querySelector("i")!];
  const map = byId<HTMLElement>("map");
  const strips = new Map<string, Promise<Strip>>();
  let [timer, film] = [0, ""];
  let asked: AbortController | null = null;

  const hide = () => {
    clearTimeout(timer);
    asked?.abort();
    card.hidden = true;
  };
  map.addEventListener("pointerleave", hide);
  map.addEventListener("pointerdown", hide);
  map.addEventListener("wheel", hide, { passive: true });
  map.addEventListener("pointermove", (event) => {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(event), restMilliseconds);
  });

  async function show(event: PointerEvent): Promise<void> {
    if (!view.ready) return;
    const box = map.getBoundingClientRect();
    const { x, y } = view.toMap({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (x < 0 || y < 0 || x > 1 || y > 1) {
      hide();
      return;
    }
    asked?.abort();
    asked = new AbortController();
    const own = asked;
    try {
      const frame = await view.frameAt({ x, y }, own.signal);
      if (!frame || own.signal.aborted) return;
      image.src = api().picture(frame.number);
      image.alt = `${frame.name} at ${frame.timecode}`;
      caption.replaceChildren(
        make("span", { class: "cut" }, shortName(frame.name), make("small", {}, ` ${folderOf(frame.name)}`)),
        make("b", {}, frame.length > 0 ? shortTime(frame.timecode) : "photo"),
      );
      card.hidden = false;
      // On the side of the map that the pointer is not on.
      card.classList.toggle("left", event.clientX - box.left > box.width / 2);
      card.classList.toggle("top", event.clientY - box.top > box.height / 2);
      await showTimeline(frame, own.signal);
    } catch (error) {
      if (!(error instanceof Refusal || isAbort(error))) throw error;
      if (error instanceof Refusal) hide();
    }
  }

  async function showTimeline(frame: Frame, signal: AbortSignal): Promise<void> {
    timeline.hidden = frame.length === 0;
    if (timeline.hidden) return;
    needle.style.left = `${100 * Math.min(1, frame.time / frame.length)}%`;
    const key = api().path + frame.film;
    if (film === key) return;
    pictures.replaceChildren();
    film = "";
    if (strips.size > stripsHeld) strips.clear();
    if (!strips.has(key)) strips.set(key, api().strip(frame.film, timelineFrames));
    const strip = await strips.get(key)!.catch((error: unknown) => {
      strips.delete(key);
      throw error;
    });
    if (signal.aborted) return;
    film = key;
    pictures.replaceChildren(...strip.frames.map((other) => make("img", { src: api().picture(other.number), alt: "" })));
  }
}
