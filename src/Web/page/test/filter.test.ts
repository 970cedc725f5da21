import assert from "node:assert/strict";
import { test } from "node:test";
import { type Group, Refusal, type Strip } from "../src/api";
import { known } from "../src/filter";
import { noFilter } from "../src/state";

const api = {
  groups: async () => [{}, {}] as Group[],
  strip: async (film: string) => {
    if (film !== "aa") throw new Refusal(`There is no film '${film}'.`);
    return {} as Strip;
  },
};

test("films and groups that a map has not are named and left out of the filter", async () => {
  const [filter, absent] = await known(api, {
    ...noFilter,
    film: ["aa", "nosuch"],
    group: [1, 2],
    from: "2024-05-31",
    since: "2024-06-01",
  });
  assert.deepEqual(filter, { ...noFilter, film: ["aa"], group: [1], from: "2024-05-31", since: "2024-06-01" });
  assert.deepEqual(absent, ["there is no film ‘nosuch’ on this map", "there is no group ‘2’ on this map"]);
});
