import assert from "node:assert/strict";
import { test } from "node:test";
import { read, write } from "../src/address";
import { noFilter, type State, start } from "../src/state";

const state: State = {
  ...start,
  collection: "holidays 2024",
  version: "0a1b",
  view: { x: 0.25, y: 0.75, width: 0.001234, pictures: 12, layer: "points-time", trust: true },
  filter: { film: ["aa", "bb"], group: [3], from: "2024-05-01", to: "", since: "2024-06-03" },
  open: 7,
  path: true,
  selection: [
    [0, -0.5],
    [0.25, 0.5],
    [1, 2],
  ],
  query: { kind: "films", text: "sea & sun" },
};

test("what is written is read again", () => {
  const { collection, version, view, rest, problems } = read(write(state));
  assert.deepEqual({ ...start, collection, version, view, ...rest }, state);
  assert.deepEqual(problems, []);
});

test("every kind of query comes back", () => {
  for (const query of [{ kind: "file", key: "0f" }, { kind: "quality" }, { kind: "help" }, { kind: "films", text: "" }, null] as const)
    assert.deepEqual(read(write({ ...state, query })).rest.query, query);
});

test("an address that asks for nothing is how the page begins", () => {
  const { collection, version, view, rest, problems } = read("");
  assert.deepEqual({ ...start, ...rest, view }, start);
  assert.deepEqual([collection, version, problems], [undefined, undefined, []]);
});

test("what there is not is said by name, and the rest is taken", () => {
  const { view, rest, problems } = read("?layer=foo&x=2&y=0.5&w=&from=May&sel=0_0_1&panel=all&frame=3");
  assert.equal(problems.length, 6);
  for (const word of ["foo", "x=2", "w=", "May", "sel", "panel"])
    assert.ok(
      problems.some((problem) => problem.includes(word)),
      word,
    );
  assert.deepEqual([view.layer, view.x, view.y, rest.open], ["pictures", 0.5, 0.5, 3]);
});

test("what is no day, no whole number and no name is said in a sentence and left out", () => {
  const { collection, version, rest, problems } = read("?c=&map=&from=2024-13-45&to=2024-02-31&group=foo&group=2&film=&film=aa&frame=12.5");
  assert.equal(problems.length, 7);
  for (const words of [
    "c= names no collection",
    "map= names no map",
    "from=2024-13-45 is no day",
    "to=2024-02-31",
    "no group ‘foo’",
    "no film ‘’",
  ])
    assert.ok(
      problems.some((problem) => problem.includes(words)),
      words,
    );
  assert.ok(problems.includes("frame=12.5 is no whole number from 0 to 1000000000"));
  assert.deepEqual([collection, version, rest.open, rest.filter], [undefined, undefined, null, { ...noFilter, film: ["aa"], group: [2] }]);
});
