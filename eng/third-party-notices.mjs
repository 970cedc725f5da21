#!/usr/bin/env node
// Writes THIRD-PARTY-NOTICES.md: what the programs ship, from the packages of the last build. Call after dotnet build: node eng/third-party-notices.mjs
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const packages = new Map();
for (const project of ['Client', 'Silo', 'Torch']) {
  const assets = JSON.parse(readFileSync(join(root, 'artifacts/obj', project, 'project.assets.json'), 'utf8'));
  const folders = Object.keys(assets.packageFolders);
  const shipped = Object.values(assets.targets)[0];
  for (const [id, library] of Object.entries(assets.libraries)) {
    // A package that only helps the build brings nothing that is shipped.
    const parts = ['runtime', 'runtimeTargets', 'native', 'contentFiles'].some(kind => Object.keys(shipped[id]?.[kind] ?? {}).some(f => !f.endsWith('/_._')));
    // Of src/Torch's packages the assembly of TorchSharp alone is shipped.
    const shippedByTorch = id.startsWith('TorchSharp/');
    if (project === 'Torch' ? shippedByTorch : library.type === 'package' && (parts || id.includes('.DnnImageFeaturizer.'))) {
      packages.set(id, folders.map(folder => join(folder, library.path)).find(existsSync));
    }
  }
}

const tag = (nuspec, name) => nuspec.match(new RegExp(`<${name}[^>]*>([^<]*)</${name}>`))?.[1].trim() ?? '';
const entries = [...packages].sort(([a], [b]) => a.localeCompare(b)).map(([id, folder]) => {
  const files = readdirSync(folder);
  const nuspec = readFileSync(join(folder, files.find(file => file.endsWith('.nuspec'))), 'utf8');
  const file = files.find(name => /^licen[cs]e(\.(txt|md))?$/i.test(name));
  const [name, version] = id.split('/');
  const expression = nuspec.match(/<license type="expression">([^<]*)</)?.[1] ?? '';
  return { name, version, expression, copyright: tag(nuspec, 'copyright') || tag(nuspec, 'authors'), text: file && readFileSync(join(folder, file), 'utf8') };
});
entries.push({
  name: 'openseadragon', version: JSON.parse(readFileSync(join(root, 'src/Web/page/package.json'), 'utf8')).devDependencies.openseadragon,
  expression: 'BSD-3-Clause', copyright: 'CodePlex Foundation, OpenSeadragon contributors',
  text: readFileSync(join(root, 'src/Web/page/node_modules/openseadragon/LICENSE.txt'), 'utf8'),
});

const clean = text => text.replace(/^\uFEFF/, '').replaceAll('\r', '').replace(/[ \t]+$/gm, '').trim();
const texts = new Map();
for (const entry of entries.filter(entry => entry.text)) {
  const text = clean(entry.text);
  texts.set(text, [...(texts.get(text) ?? []), entry.name]);
}
const rows = entries.map(({ name, version, expression, copyright }) => `| ${name} | ${version} | ${expression || 'see below'} | ${copyright.replaceAll('|', '/').replaceAll('&#169;', '©')} |`);
const lines = [
  '# Third-party notices', '',
  'Written by `node eng/third-party-notices.mjs` after a build: what the client and the silo are shipped with.',
  'ffmpeg, libvips and fonts are programs and libraries of the machine; they are not part of what is shipped.', '',
  '| package | version | licence | copyright |', '|---|---|---|---|', ...rows, '',
  'The text of the MIT licence is in [LICENSE](LICENSE), with the copyright lines above in place of this project\'s.', '',
  ...[...texts].flatMap(([text, names]) => [`## ${names.join(', ')}`, '', '```', text, '```', '']),
];
writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), lines.join('\n').trimEnd() + '\n');
