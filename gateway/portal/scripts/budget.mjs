// Holds the built bundle against the budgets of the portal: what the first page loads, compressed as the gateway sends
// it.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
const size = (files) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, dist)), { level: 6 }).length, 0);

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key].imports ?? []) closure(imported, seen);
  return seen;
}

const entry = closure('index.html');
const scripts = new Set([...entry].map((key) => manifest[key].file));
const stylesOf = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []));
/** What is loaded already when a part is: the entry, and the route whose form or dialog it is. */
const before = (part) =>
  new Set([
    ...entry,
    ...Object.keys(manifest)
      .filter((key) => !entry.has(key) && manifest[key].dynamicImports?.includes(part))
      .flatMap((key) => [...closure(key)]),
  ]);
const routes = Object.keys(manifest)
  .filter((key) => manifest[key].isDynamicEntry)
  .map((key) => ({
    key,
    bytes: size([...closure(key)].filter((part) => !before(key).has(part)).map((part) => manifest[part].file)),
    styles: size(stylesOf([...before(key), ...closure(key)])),
  }))
  .sort((a, b) => b.bytes - a.bytes);
const mostStyled = routes.reduce((most, route) => (route.styles > most.styles ? route : most));

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const lines = [
  { what: 'entry script', bytes: size(scripts), limit: 180_000 },
  { what: 'style sheets, entry', bytes: size(stylesOf(entry)), limit: 85_000 },
  { what: `style sheets, with ${mostStyled.key}`, bytes: mostStyled.styles, limit: 110_000 },
  ...routes.map(({ key, bytes }) => ({ what: `route ${key}`, bytes, limit: 100_000 })),
];
for (const { what, bytes, limit } of lines)
  console.log(`${kilo(bytes).padStart(10)} of ${kilo(limit).padStart(9)}  ${what}`);
const over = lines.filter(({ bytes, limit }) => bytes > limit);
if (over.length > 0) {
  console.error(`Over budget: ${over.map(({ what }) => what).join(', ')}`);
  process.exit(1);
}
