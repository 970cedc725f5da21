import type { Collection, Progress } from "./api";
import { byId, make } from "./html";
import { counted } from "./names";
import type { State } from "./state";

type Goal = Pick<State, "collection" | "version">;

/** What stands where no map is. */
function show(...content: Node[]): void {
  const empty = byId("empty");
  empty.hidden = false;
  empty.replaceChildren(...content);
}

export function showProblem(sentence: string, again: () => void): void {
  const button = make("button", { class: "main", click: again }, "Try again");
  show(make("h2", {}, "The map cannot be shown"), make("p", { role: "alert" }, sentence), button);
}

/** An address leads to what is not here; says what is. */
export function showUnknown(title: string, ways: [string, Goal][], go: (to: Goal) => void): void {
  byId("summary").textContent = "";
  const buttons = ways.map(([name, to]) => make("button", { click: () => go(to) }, name));
  const text = ways.length > 0 ? "These are here:" : "There is none yet: atlas index FOLDER -c NAME makes one.";
  show(make("h2", { role: "alert" }, title), make("p", {}, text), make("p", { class: "actions" }, ...buttons));
}

/** Says what to do where there is nothing to show yet; frames are shown as they come. */
export function showNoMap(collection: Collection | undefined): (now: Progress) => void {
  byId("summary").textContent = "";
  if (!collection) {
    const command = make("code", {}, "atlas index FOLDER -c NAME");
    show(make("h2", {}, "There is no collection yet"), make("p", {}, "Make one from a folder of films:"), command);
    return () => undefined;
  }
  const frames = make("div", { class: "came" });
  const text = "Frames that are there already; the map appears here when it is made.";
  show(make("h2", {}, `${collection.name} has no map yet`), make("p", {}, text), frames);
  return (now) => {
    byId("summary").textContent = `${counted(now.frames, "frame")} · ${counted(now.films, "film")}`;
    frames.replaceChildren(...now.newest.map((path) => make("img", { src: path, alt: "A frame that came just now" })));
  };
}
