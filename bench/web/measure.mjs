// Measures a running web map. The folder with tiles that were drawn ($ATLAS_CACHE/tiles of the server) must be empty before.
//   node bench/web/measure.mjs ADDRESS COLLECTION SERVER-PROCESS-ID PLAYWRIGHT-PACKAGE
// PLAYWRIGHT-PACKAGE is the driver that comes with the tests: artifacts/bin/Web.Tests/release/.playwright/package
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [address, collection, process_, driver] = process.argv.slice(2);
const { chromium } = createRequire(import.meta.url)(resolve(driver));
const api = `${address}/api/v1/collections/${collection}`;
const version = (await (await fetch(api)).json()).current;
const map = `${api}/maps/${version}`;
const lines = [];
const say = (name, value) => { lines.push([name, value]); console.log(`${name}: ${value}`); };
const memory = () => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${process_}/status`, "utf8"))[1] / 1024;
const peak = () => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${process_}/status`, "utf8"))[1] / 1024;
// Processor time of the server so far, in ms: does not depend on what else the machine does.
const processor = () => { const fields = readFileSync(`/proc/${process_}/stat`, "utf8").split(") ")[1].split(" "); return 10 * (Number(fields[11]) + Number(fields[12])); };
const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const timed = async path => {
  const start = performance.now();
  const answer = await fetch(path);
  await answer.arrayBuffer();
  if (!answer.ok) throw new Error(`${answer.status} ${path}`);
  return performance.now() - start;
};

say("map opened, s", ((await timed(map)) / 1000).toFixed(2));
const info = await (await fetch(map)).json();
say("frames", info.frames);
say("memory after opening, MB", memory().toFixed(0));

let seed = 7;
const uniform = () => { seed = (seed * 1664525 + 1013904223) >>> 0; return seed / 2 ** 32; };
const tiles = layer => {
  const chosen = new Set();
  for (let level = 0; level <= Math.min(9, info.levels); level++) {
    for (let i = 0; i < 30 && chosen.size < 300; i++) chosen.add(`${map}/tiles/${layer}/${level}/${Math.floor(uniform() * 2 ** level)}/${Math.floor(uniform() * 2 ** level)}`);
  }
  return [...chosen];
};
// The first tiles after a start also compile the code that draws them.
for (const tile of tiles("pictures1").slice(0, 12)) await timed(tile);
for (const layer of ["pictures2", "pictures3", "points-film", "trust"]) {
  const chosen = tiles(layer);
  for (const state of ["cold", "warm"]) {
    const [times, busy] = [[], processor()];
    for (const tile of chosen) times.push(await timed(tile));
    say(`${layer}, ${chosen.length} tiles ${state}, ms: p50, p95, p99, most; processor time a tile`, [0.5, 0.95, 0.99, 1].map(share => quantile(times, share).toFixed(1)).join(", ") + "; " + ((processor() - busy) / chosen.length).toFixed(1));
  }
}
const neighbours = [];
for (let i = 0; i < 5; i++) neighbours.push(await timed(`${map}/frames/${Math.floor(uniform() * info.frames)}/neighbours`));
say("true neighbours, ms: p50, most", `${quantile(neighbours, 0.5).toFixed(0)}, ${quantile(neighbours, 1).toFixed(0)}`);
const [similar, shortest] = [[], (await (await fetch(`${map}/films?limit=40`)).json()).films];
for (const film of shortest.slice(0, 5)) similar.push(await timed(`${map}/films/${film.id}/similar`));
say("clips like a film, s: the first time, then p50, most", `${(similar[0] / 1000).toFixed(1)}, ${(quantile(similar.slice(1), 0.5) / 1000).toFixed(1)}, ${(quantile(similar.slice(1), 1) / 1000).toFixed(1)}`);
say("memory after finding clips, MB", memory().toFixed(0));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-domain-reliability"],
});
const views = [];
for (let i = 0; i < 6; i++) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => document.querySelector("#map")?.dataset.drawn === "true" ? window.drawnAt = performance.now() : requestAnimationFrame(look);
    requestAnimationFrame(look);
  });
  await page.goto(`${address}/?c=${collection}`);
  views.push(await (await page.waitForFunction(() => window.drawnAt)).jsonValue());
  if (i === 5) {
    await page.evaluate(() => {
      window.deltas = [];
      let last = performance.now();
      const step = now => { window.deltas.push(now - last); last = now; requestAnimationFrame(step); };
      requestAnimationFrame(step);
    });
    for (let turn = 0; turn < 5; turn++) {
      await page.mouse.move(400 + 100 * turn, 400);
      for (let i = 0; i < 4; i++) { await page.mouse.wheel(0, -200); await page.waitForTimeout(120); }
      await page.mouse.down();
      await page.mouse.move(700, 300, { steps: 20 });
      await page.mouse.up();
      await page.waitForTimeout(200);
    }
    const deltas = await page.evaluate(() => window.deltas);
    say("frame time while panning and zooming, ms: p50, p95", `${quantile(deltas, 0.5).toFixed(1)}, ${quantile(deltas, 0.95).toFixed(1)}`);
  }
  await context.close();
}
say("first view, the first time, s", (views[0] / 1000).toFixed(2));
say("first view, warm, s: median, most", `${(quantile(views.slice(1), 0.5) / 1000).toFixed(2)}, ${(quantile(views.slice(1), 1) / 1000).toFixed(2)}`);
say("memory at the end, MB: now, most", `${memory().toFixed(0)}, ${peak().toFixed(0)}`);
await browser.close();
console.log("\n| what | value |\n|---|---|\n" + lines.map(line => `| ${line.join(" | ")} |`).join("\n"));
