import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, distinct, timecode } from "../src/names";

test("names that are the same take as much of their folder as tells them apart", () => {
  const names = distinct(["a/2023/clip.mp4", "a/2024/clip.mp4", "b/2024/clip.mp4", "b/sea.mp4", "sun.mp4", "x/sun.mp4"]);
  assert.deepEqual(
    [...names.values()].sort(),
    ["2023/clip.mp4", "a/2024/clip.mp4", "b/2024/clip.mp4", "sea.mp4", "sun.mp4", "x/sun.mp4"].sort(),
  );
});

test("one film twice in a list is one name", () => assert.deepEqual([...distinct(["a/b.mp4", "a/b.mp4"])], [["a/b.mp4", "b.mp4"]]));

test("numbers and times are written as people read them", () => {
  assert.deepEqual([counted(1, "film"), counted(1234, "film")], ["1 film", "1,234 films"]);
  assert.equal(timecode(3661.0426), "01:01:01.043");
});
