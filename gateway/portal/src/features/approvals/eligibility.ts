import type { Approval } from './approvals';
import { isMe, may, type Session } from '@/shared/session/session';

/**
 * Returns why this person may not decide, or undefined when they may. The service enforces the rule; this only explains
 * it beforehand.
 */
export function whyNot(session: Session, { state, requester, own }: Approval): string | undefined {
  if (state !== 'PENDING') return 'This request has been decided.';
  if (isMe(session, requester)) return 'You requested this yourself: another person must decide.';
  if (own) return 'You wrote part of what would be approved: another person must decide.';
  if (!may(session, 'approver')) return 'Only people with the role approver can decide.';
  return undefined;
}

/**
 * Returns whether the user is an author who may approve a release together with an author of another part. The service
 * checks that nobody else is left to approve, and that a policy allows it.
 */
export function isAuthorOfRelease(session: Session, { state, requestType, requester, own }: Approval): boolean {
  return (
    state === 'PENDING' &&
    requestType === 'release.requested' &&
    own &&
    !isMe(session, requester) &&
    may(session, 'approver')
  );
}
