// Writes the types of every service from its committed OpenAPI description, and the terms of the glossary; run before
// anything is compiled, so that none can be stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const services = new URL('../../../services/', import.meta.url);
const target = new URL('../src/shared/http/generated/', import.meta.url);
mkdirSync(target, { recursive: true });
for (const service of readdirSync(services)) {
  const document = new URL(`${service}/openapi.yaml`, services);
  if (!existsSync(document) || service === 'platform-test') continue;
  writeFileSync(
    new URL(`${service}.ts`, target),
    astToString(await openapiTS(document, { emptyObjectsUnknown: true })),
  );
}

// The terms that the portal explains are those of the glossary, in its words.
const sections = readFileSync(new URL('../../../docs/glossary.md', import.meta.url), 'utf8')
  .split(/^## /m)
  .filter((section) => section.includes('| Term | Meaning |'))
  .map((section) => ({
    title: section.slice(0, section.indexOf('\n')),
    terms: [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \|$/gm)]
      .map(([, name, meaning]) => ({ name, meaning: meaning.replaceAll('`', '') }))
      .filter(({ name }) => name !== 'Term'),
  }));
const help = new URL('../src/shared/help/generated/', import.meta.url);
mkdirSync(help, { recursive: true });
writeFileSync(new URL('glossary.ts', help), `export const glossary = ${JSON.stringify(sections, null, 2)} as const;\n`);
