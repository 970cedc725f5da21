export const shortName = (name: string) => name.slice(name.lastIndexOf("/") + 1);

/** Short names of a list of paths, each with as much of its folder as it takes to tell it from the others. */
export function distinct(paths: readonly string[]): Map<string, string> {
  const names = new Map<string, string>();
  let open = [...new Set(paths)];
  for (let parts = 1; open.length > 0; parts++) {
    const short = (path: string) => path.split("/").slice(-parts).join("/");
    const counts = new Map<string, number>();
    for (const path of open) counts.set(short(path), (counts.get(short(path)) ?? 0) + 1);
    for (const path of open) if (counts.get(short(path)) === 1 || short(path) === path) names.set(path, short(path));
    open = open.filter((path) => !names.has(path));
  }
  return names;
}

export const folderOf = (name: string) => name.slice(0, name.lastIndexOf("/") + 1);

export const thousands = (number: number) => number.toLocaleString("en");

/** "1 film", "1,000 films". */
export const counted = (number: number, one: string) => `${thousands(number)} ${one}${number === 1 ? "" : "s"}`;

/** Without hours that there are not. */
export const shortTime = (timecode: string) => timecode.replace(/^00:/, "");

/** Seconds as people read them: 0:07.4. */
export const clock = (seconds: number) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;

/** Seconds as the server writes them: 00:00:07.400. */
export const timecode = (seconds: number) => new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23);

/** A share from 0 to 1 in a word. */
export const rated = (share: number) => (share >= 0.6 ? "good" : share >= 0.3 ? "fair" : "poor");
