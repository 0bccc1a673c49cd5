import { createHash } from 'node:crypto';

/** The Merkle tree of RFC 6962 over a few leaves, for valid proofs. */
const sha = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

export const leafHash = (leaf: string): Buffer => sha(Buffer.of(0), leaf);

export function rootHash(leaves: Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha('');
  if (leaves.length === 1) return only;
  const half = split(leaves.length);
  return sha(Buffer.of(1), rootHash(leaves.slice(0, half)), rootHash(leaves.slice(half)));
}

export function pathTo(index: number, leaves: Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const half = split(leaves.length);
  return index < half
    ? [...pathTo(index, leaves.slice(0, half)), rootHash(leaves.slice(half))]
    : [...pathTo(index - half, leaves.slice(half)), rootHash(leaves.slice(0, half))];
}

function split(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}
