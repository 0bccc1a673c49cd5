import { useIsMutating } from '@tanstack/react-query';

/**
 * The key of what a reviewer sends. While one is under way, no key leads to another answer, where its error would be
 * lost.
 */
export const reviewKey = ['review'];

/** Returns whether a judgement or correction is being sent. */
export function useIsReviewing(): boolean {
  return useIsMutating({ mutationKey: reviewKey }) > 0;
}
