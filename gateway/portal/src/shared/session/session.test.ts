import { expect, it } from 'vitest';
import { isMe, may, signInAddress, type Session } from './session';

const session = (...roles: Session['roles']): Session => ({
  name: 'Ada',
  username: 'ada',
  subject: 'subject-ada',
  workspace: 'acme',
  roles,
});

it('lets everybody do what a viewer may, and others only what their roles allow', () => {
  expect(may(session('sre'), 'viewer')).toBe(true);
  expect(may(session('sre'), 'ml-engineer', 'sre')).toBe(true);
  expect(may(session('viewer'), 'ml-engineer')).toBe(false);
});

it('lets an administrator do everything except approve and oversee', () => {
  expect(may(session('admin'), 'ml-engineer')).toBe(true);
  expect(may(session('admin'), 'approver')).toBe(false);
  expect(may(session('admin'), 'compliance-officer')).toBe(false);
});

it('recognises the signed-in person by subject or name', () => {
  expect(['subject-ada', 'ada', 'subject-ben', null].map((actor) => isMe(session(), actor))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('returns to the address after sign-in', () => {
  expect(signInAddress('/audit?entry=2')).toBe('/oauth2/authorization/keycloak?return=%2Faudit%3Fentry%3D2');
});
