// Writes the typed client of every service whose OpenAPI document is committed.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const services = new URL('../../../services/', import.meta.url);
const target = new URL('../src/shared/http/generated/', import.meta.url);
mkdirSync(target, { recursive: true });
for (const service of readdirSync(services)) {
  const document = new URL(`${service}/openapi.yaml`, services);
  if (!existsSync(document)) continue;
  writeFileSync(new URL(`${service}.ts`, target), astToString(await openapiTS(document)));
  console.log(`${service}: generated`);
}
