import { describe, expect, it } from 'vitest';
import { leafOf, rootOf } from './merkle';

// Reference values of certificate-transparency-go, merkle/testonly: eight leaves from "" to 606162…6f.
const root = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';
const first = {
  index: 0,
  treeSize: 8,
  leafHash: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  path: [
    '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  ],
};

it('of an empty text is the published leaf', async () => {
  expect(await leafOf('')).toBe(first.leafHash);
});

describe('an inclusion proof', () => {
  it('leads from the first leaf to the published root', async () => {
    expect(await rootOf(first)).toBe(root);
  });

  it('leads elsewhere when the leaf was changed', async () => {
    expect(await rootOf({ ...first, leafHash: first.leafHash.replace('6e', '6f') })).not.toBe(root);
  });

  it('is refused when the path does not fit the place', async () => {
    expect(await rootOf({ ...first, path: first.path.slice(1) })).toBeUndefined();
    expect(await rootOf({ ...first, path: [...first.path, root] })).toBeUndefined();
    expect(await rootOf({ ...first, index: 8 })).toBeUndefined();
  });

  it('of the only leaf is that leaf', async () => {
    expect(await rootOf({ index: 0, treeSize: 1, leafHash: first.leafHash, path: [] })).toBe(first.leafHash);
  });
});
