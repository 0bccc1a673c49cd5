/** The path from a leaf to the root. */
interface Proof {
  index: number;
  treeSize: number;
  leafHash: string;
  path: string[];
}

/**
 * Returns the root of an inclusion proof by RFC 9162 section 2.1.3.2 (the same tree as RFC 6962). Undefined when the
 * path is too long or too short for the index and the size.
 */
export async function rootOf({ index, treeSize, leafHash, path }: Proof): Promise<string | undefined> {
  if (index < 0 || index >= treeSize) return undefined;
  // Division instead of shifts: indexes may exceed 32 bits.
  let place = index;
  let last = treeSize - 1;
  let hash = fromHex(leafHash);
  for (const step of path) {
    if (last === 0) return undefined;
    const sibling = fromHex(step);
    if (place % 2 === 1 || place === last) {
      hash = await node(sibling, hash);
      while (place % 2 === 0 && place !== 0) {
        place = Math.floor(place / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await node(hash, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? toHex(hash) : undefined;
}

/** Returns the leaf hash of a text (RFC 6962), in hex. */
export async function leafOf(text: string): Promise<string> {
  return toHex(await hashed(0, new TextEncoder().encode(text)));
}

function node(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return hashed(1, [...left, ...right]);
}

/** The prefix keeps leaves (0) and nodes (1) apart. */
async function hashed(prefix: 0 | 1, content: Iterable<number>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from([prefix, ...content])));
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
