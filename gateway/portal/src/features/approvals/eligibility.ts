import type { Approval } from './approvals';
import { isMe, may, type Session } from '@/shared/session/session';

/** Why this person may not approve, in words; undefined when they may. The service holds the rule, this only says it beforehand. */
export function whyNot(session: Session, { state, requester, own }: Approval): string | undefined {
  if (state !== 'PENDING') return 'This request has been decided.';
  if (isMe(session, requester)) return 'You asked for this yourself: another person has to decide.';
  if (own) return 'You wrote part of what is to be approved: another person has to decide.';
  if (!may(session, 'approver')) return 'Only people with the role approver decide.';
  return undefined;
}
