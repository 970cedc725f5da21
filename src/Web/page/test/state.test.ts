import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cause, type State, Store } from "../src/state";

function opened() {
  const entries: string[] = [];
  const heard: [State, State, Cause][] = [];
  const store = new Store({
    pushState: (_: unknown, __: string, address?: string | URL | null) => entries.push(`push ${address}`),
    replaceState: (_: unknown, __: string, address?: string | URL | null) => entries.push(`replace ${address}`),
  } as History);
  store.follow((...change) => heard.push(change));
  return { store, entries, heard };
}

test("a change makes one entry, and everything that follows hears of it", () => {
  const { store, entries, heard } = opened();
  store.change({ collection: "a", open: 3 });
  store.change({ open: 4 }, "replace");
  assert.deepEqual(entries, ["push ?c=a&frame=3", "replace ?c=a&frame=4"]);
  assert.deepEqual(
    heard.map(([now, before, cause]) => [now.open, before.open, cause]),
    [
      [3, null, "act"],
      [4, 3, "act"],
    ],
  );
});

test("what the address does not hold makes no entry", () => {
  const { store, entries, heard } = opened();
  store.change({ playing: true });
  assert.deepEqual(entries, []);
  assert.equal(heard.length, 1);
});

test("a file that is looked for makes one entry, once it is found", () => {
  const { store, entries } = opened();
  store.change({ query: { kind: "films", text: "sea" } });
  store.change({ asking: { file: new File([], "a.png"), at: 1 } });
  assert.deepEqual(entries, ["push ?films=sea"]);
  store.change({ query: { kind: "file", key: "0f" }, open: null });
  assert.deepEqual(entries, ["push ?films=sea", "push ?find=0f"]);
  assert.equal(store.state.asking, null);
});

test("a file that is given up leaves what was there, and whatever else is opened gives it up", () => {
  const { store, entries } = opened();
  const asking = { file: new File([], "a.png"), at: 1 };
  store.change({ open: 3 });
  store.change({ asking });
  store.change({ view: { ...store.state.view, trust: true } }, "replace");
  assert.equal(store.state.asking, asking);
  store.change({ asking: null });
  assert.equal(store.state.open, 3);
  store.change({ asking });
  store.change({ open: 4 });
  assert.deepEqual([store.state.asking, entries.length], [null, 3]);
});
