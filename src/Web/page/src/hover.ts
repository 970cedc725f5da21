import type { MapApi } from "./api";
import { Refusal } from "./api";
import { byId, shortTime } from "./html";
import type { AtlasView } from "./map";

const restMilliseconds = 70;

/** The frame under a pointer that rests: large, with its film, time code and where in the film it is. */
export function followPointer(view: AtlasView, api: () => MapApi): void {
  const card = byId<HTMLElement>("hover");
  const [image, caption, timeline] = [card.querySelector("img")!, card.querySelector("figcaption")!, card.querySelector("progress")!];
  const map = byId<HTMLElement>("map");
  let timer = 0;
  let asked: AbortController | null = null;

  const hide = () => { clearTimeout(timer); asked?.abort(); card.hidden = true; };
  map.addEventListener("pointerleave", hide);
  map.addEventListener("pointerdown", hide);
  map.addEventListener("wheel", hide, { passive: true });
  map.addEventListener("pointermove", event => {
    if (event.pointerType === "touch" || event.buttons !== 0) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void show(event), restMilliseconds);
  });

  async function show(event: PointerEvent): Promise<void> {
    const box = map.getBoundingClientRect();
    const { x, y } = view.toMap({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (x < 0 || y < 0 || x > 1 || y > 1) { hide(); return; }
    asked?.abort();
    asked = new AbortController();
    try {
      const frame = await view.frameAt(x, y, asked.signal);
      image.src = api().picture(frame.number);
      image.alt = `${frame.name} at ${frame.timecode}`;
      caption.textContent = `${frame.name} · ${shortTime(frame.timecode)}`;
      timeline.hidden = frame.length === 0;
      timeline.value = frame.length > 0 ? frame.time / frame.length : 0;
      card.hidden = false;
      // On the side of the map that the pointer is not on.
      card.classList.toggle("left", event.clientX - box.left > box.width / 2);
      card.classList.toggle("top", event.clientY - box.top > box.height / 2);
    } catch (error) {
      if (!(error instanceof Refusal || (error as Error).name === "AbortError")) throw error;
      if (error instanceof Refusal) hide();
    }
  }
}
