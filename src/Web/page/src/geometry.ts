export interface Place {
  x: number;
  y: number;
}

/** Pixels of the wheel that zoom by a factor of two. A notch of a mouse is about 100. */
const pixelsPerDoubling = 380;
/** Pinching on a trackpad comes as a wheel with Ctrl, a tenth as far. */
const pinch = 10;
const pixelsPerLine = 40;
const pixelsPerPage = 800;

/** Factor of zoom for an event of a wheel or trackpad, by how far it turned: many small events do what one large does. */
export function wheelFactor(event: Pick<WheelEvent, "deltaY" | "deltaMode" | "ctrlKey">): number {
  const pixels = event.deltaY * [1, pixelsPerLine, pixelsPerPage][event.deltaMode] * (event.ctrlKey ? pinch : 1);
  return 2 ** (Math.max(-pixelsPerPage, Math.min(pixelsPerPage, -pixels)) / pixelsPerDoubling);
}

/** Level of tiles that is drawn: the deepest whose tiles are not shrunk, counted in pixels of the screen. */
export const tileLevel = (mapWidthOnScreen: number, density: number, tileWidth: number, deepest: number) =>
  Math.max(0, Math.min(deepest, Math.floor(Math.log2((mapWidthOnScreen * density) / tileWidth))));

/** The corners that matter: what is left out is nearer than the tolerance to what stays (Ramer, Douglas and Peucker). */
export function simplify(points: number[][], tolerance: number): number[][] {
  if (points.length < 3) return points;
  const [first, last] = [points[0], points[points.length - 1]];
  let [farthest, most] = [0, tolerance];
  for (let i = 1; i < points.length - 1; i++) {
    const distance = fromLine(points[i], first, last);
    if (distance > most) [farthest, most] = [i, distance];
  }
  if (farthest === 0) return [first, last];
  return [...simplify(points.slice(0, farthest + 1), tolerance).slice(0, -1), ...simplify(points.slice(farthest), tolerance)];
}

function fromLine([x, y]: number[], [ax, ay]: number[], [bx, by]: number[]): number {
  const length = Math.hypot(bx - ax, by - ay);
  return length === 0 ? Math.hypot(x - ax, y - ay) : Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** Index of the time nearest to another; times rise. */
export function nearest(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - times[low - 1] <= times[low] - time ? low - 1 : low;
}
