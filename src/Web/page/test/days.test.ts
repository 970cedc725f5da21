import assert from "node:assert/strict";
import { test } from "node:test";
import { filterQuery } from "../src/api";
import { beginning, dayOf, monday } from "../src/days";
import { isFiltered, noFilter } from "../src/state";

test("a week begins on Monday, also across months and on a Sunday", () => {
  assert.equal(dayOf(new Date(2026, 10, 29, 23, 59)), "2026-11-29");
  assert.equal(monday(new Date(2026, 10, 29, 23, 59)), "2026-11-23");
  assert.equal(monday(new Date(2026, 10, 23, 0, 0)), "2026-11-23");
  assert.equal(monday(new Date(2026, 11, 2)), "2026-11-30");
});

test("a day begins at midnight here, which is what the server is asked for", () => {
  assert.equal(new Date(beginning("2026-11-23")).getTime(), new Date(2026, 10, 23).getTime());
  const filter = { ...noFilter, since: "2026-11-23" };
  assert.equal(new URLSearchParams(filterQuery(filter)).get("since"), beginning("2026-11-23"));
  assert.ok(isFiltered(filter) && !isFiltered(noFilter));
});
