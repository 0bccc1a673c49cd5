import { leafHash } from '../tree';

export const hex = (seed: string) => leafHash(seed).toString('hex');

/** The actor ids of colleagues who never sign in here. */
export const eve = '0190a000-0000-7000-8000-000000000109';
export const max = '0190a000-0000-7000-8000-00000000010a';
