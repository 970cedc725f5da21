import type { World } from "./context";
import { byId, make } from "./html";
import { newFit } from "./quality";

/** Tells what of an address there is not, until somebody has read it. */
export function tellProblems(problems: string[]): void {
  const notice = byId<HTMLElement>("notice");
  notice.hidden = problems.length === 0;
  notice.replaceChildren(
    make("span", { role: "alert" }, `Not all of this address can be shown: ${problems.join("; ")}.`),
    make("button", { class: "quiet", "aria-label": "Close this notice", click: () => tellProblems([]) }, "✕"),
  );
}

/** Tells that newer films do not fit the map, what that means and what to do. */
export function tellDrift({ api, map }: World): void {
  const [drift, key] = [byId<HTMLElement>("drift"), `drift of ${api.path}`];
  drift.hidden = newFit(map) || sessionStorage.getItem(key) !== null;
  if (drift.hidden) return;
  const hide = () => {
    sessionStorage.setItem(key, "read");
    drift.hidden = true;
  };
  drift.replaceChildren(
    make("span", {}, "Newer films do not fit this map well: they lie in it less surely than the older. To make a map that fits all: "),
    make("code", {}, `atlas train -c ${api.collection}`),
    map.newcomers
      ? make("small", {}, `neighbours kept ${map.newcomers.neighboursKept.toFixed(2)}, before ${map.newcomers.keptBefore.toFixed(2)}`)
      : make("small", { title: "How far new frames are from old ones; 1 is as far as films are" }, `drift ${map.drift!.toFixed(2)}`),
    make("button", { class: "quiet", "aria-label": "Close this notice", click: hide }, "✕"),
  );
}
