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
