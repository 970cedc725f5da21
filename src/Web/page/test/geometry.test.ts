import assert from "node:assert/strict";
import { test } from "node:test";
import { nearest, simplify, tileLevel, wheelFactor } from "../src/geometry";

const turn = (deltaY: number, deltaMode = 0, ctrlKey = false) => wheelFactor({ deltaY, deltaMode, ctrlKey });

test("many small turns of a wheel zoom as far as one large", () => {
  const small = Array.from({ length: 30 }, () => turn(-4)).reduce((product, factor) => product * factor, 1);
  assert.ok(Math.abs(small - turn(-120)) < 1e-9);
  assert.ok(Math.abs(turn(-100) - 1.2) < 0.01);
  assert.ok(Math.abs(turn(100) * turn(-100) - 1) < 1e-12);
});

test("lines, pages and pinches count as what they are", () => {
  assert.ok(turn(-3, 1) > 1.2 && turn(-3, 1) < 1.3);
  assert.ok(turn(-1, 2) > 4);
  assert.equal(turn(-2, 0, true), turn(-20));
});

test("the level of tiles is the deepest that is not shrunk on the screen", () => {
  assert.equal(tileLevel(1280, 1, 384, 18), 1);
  assert.equal(tileLevel(1280, 2, 384, 18), 2);
  assert.equal(tileLevel(1280, 1.25, 384, 18), 2);
  assert.equal(tileLevel(100, 1, 384, 18), 0);
  assert.equal(tileLevel(1e9, 1, 384, 5), 5);
});

test("an outline keeps its corners and loses what lies between them", () => {
  const square = [0, 1, 2, 3].flatMap((side) =>
    Array.from(
      { length: 50 },
      (_, i) =>
        [
          [i / 50, 0],
          [1, i / 50],
          [1 - i / 50, 1],
          [0, 1 - i / 50],
        ][side],
    ),
  );
  assert.deepEqual(simplify([...square, square[0]], 0.01).slice(0, -1), [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
  ]);
});

test("the nearest of rising times is found", () => {
  const times = [0, 1, 2.5, 7];
  assert.deepEqual(
    [-1, 0.4, 0.6, 1.7, 1.8, 100].map((time) => nearest(times, time)),
    [0, 0, 1, 1, 2, 3],
  );
});
