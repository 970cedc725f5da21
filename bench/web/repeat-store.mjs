// A large collection out of a small one: its films again and again under new names, until there are as many frames as asked for.
//   node bench/web/repeat-store.mjs SOURCE-STORE COLLECTION FRAMES TARGET-STORE
// Pictures are hard links. Positions are moved a little (normal, 0.004), and reduced vectors (normal, a twentieth of their own scale), so that no two are the same.
import { createHash } from "node:crypto";
import { closeSync, existsSync, linkSync, mkdirSync, openSync, readFileSync, readdirSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

const [source, collection, wanted, target] = process.argv.slice(2);
const from = join(source, collection), to = join(target, collection);
const version = JSON.parse(readFileSync(join(from, "maps/versions.json"))).versions.at(-1);
const info = JSON.parse(readFileSync(join(from, "maps", version, "map.json")));
const films = JSON.parse(readFileSync(join(from, "maps", version, "films.json"))).films;
const arrays = Object.fromEntries(["positions", "reduced", "times", "trust"].map(name => [name, readArray(join(from, "maps", version, `${name}.npy`))]));

let seed = 1;
const uniform = () => { seed = (seed * 1664525 + 1013904223) >>> 0; return (seed + 0.5) / 2 ** 32; };
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

let row = 0;
for (const film of films) {
  film.first = row;
  film.count = film.segments.reduce((sum, segment) => sum + segment.count, 0);
  row += film.count;
}

const copies = [];
for (let frames = 0, copy = 0; frames < Number(wanted); copy++) {
  for (const film of films) {
    if (frames >= Number(wanted)) break;
    copies.push({ film, copy, id: createHash("sha256").update(`${film.id} ${copy}`).digest("hex").slice(0, 32) });
    frames += film.count;
  }
}

copies.sort((a, b) => (a.id < b.id ? -1 : 1));
mkdirSync(join(to, "videos"), { recursive: true });
writeFileSync(join(to, "collection.json"), readFileSync(join(from, "collection.json")));
for (const { film, copy, id } of copies) {
  const [old, made] = [join(from, "videos", film.id), join(to, "videos", id)];
  mkdirSync(made, { recursive: true });
  for (const file of readdirSync(old)) {
    if (!/^(frames|features|times)-|^plan/.test(file) || existsSync(join(made, file))) continue;
    linkSync(join(old, file), join(made, file));
  }
  const record = JSON.parse(readFileSync(join(old, "video.json")));
  record.id = id;
  record.sources = record.sources.map(place => ({ ...place, name: `${copy}/${place.name}` }));
  delete record.name;
  writeFileSync(join(made, "video.json"), JSON.stringify(record));
}

const count = copies.reduce((sum, { film }) => sum + film.count, 0);
const name = createHash("sha256").update(`${version} ${count}`).digest("hex").slice(0, 16);
const folder = join(to, "maps", name);
mkdirSync(folder, { recursive: true });
const width = arrays.reduced.shape[1];
const scale = Math.sqrt(arrays.reduced.values.reduce((sum, value) => sum + value * value, 0) / arrays.reduced.values.length) / 20;
writeArray("positions", [count, 2], film => slice("positions", film, 2).map(value => Math.min(1, Math.max(0, value + 0.004 * normal()))));
writeArray("reduced", [count, width], film => slice("reduced", film, width).map(value => value + scale * (uniform() - 0.5) * 3.46));
writeArray("times", [count], film => slice("times", film, 1));
writeArray("trust", [count], film => slice("trust", film, 1));
writeFileSync(join(folder, "films.json"), JSON.stringify({ films: copies.map(({ film, id }) => ({ id, segments: film.segments })) }));
writeFileSync(join(folder, "map.json"), JSON.stringify({ ...info, version: name, frames: count }));
writeFileSync(join(to, "maps/versions.json"), JSON.stringify({ versions: [name] }));
console.log(`${count} frames of ${copies.length} films in ${to}, map ${name}`);

function slice(array, film, columns) {
  return arrays[array].values.slice(film.first * columns, (film.first + film.count) * columns);
}

function readArray(path) {
  const bytes = readFileSync(path);
  const start = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, start);
  const data = bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length);
  return { shape: header.match(/\(([^)]*)\)/)[1].split(",").filter(Boolean).map(Number), values: header.includes("<f8") ? new Float64Array(data) : new Float32Array(data) };
}

function writeArray(array, shape, rows) {
  const text = `{'descr': '${arrays[array].values instanceof Float64Array ? "<f8" : "<f4"}', 'fortran_order': False, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const header = Buffer.alloc(10 + length, " ");
  header.write("\x93NUMPY\x01\x00", "latin1");
  header.writeUInt16LE(length, 8);
  header.write(text, 10, "latin1");
  header[9 + length] = 10;
  const file = openSync(join(folder, `${array}.npy`), "w");
  writeSync(file, header);
  for (const { film } of copies) {
    const values = rows(film);
    writeSync(file, Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }
  closeSync(file);
}
