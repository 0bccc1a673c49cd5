// Writes the types of every service from its committed OpenAPI description; run before whatever compiles, so that none
// can be stale.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
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
