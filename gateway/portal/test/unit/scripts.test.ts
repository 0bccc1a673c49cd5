import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the scripts of the package', () => {
  it.each(['build', 'bundle', 'typecheck'])('%s generates what a fresh clone lacks, before anything else', (name) => {
    expect(scripts[name]).toMatch(/^npm run -s generate && /);
  });
});
