import type { PersonView } from '../../../src/shared/people/people';
import type { Session } from '../../../src/shared/session/session';
import { eve } from './names';

/** The people whom the identity provider knows. People who have left are shown by id. */
export const people: PersonView[] = [
  { actor: eve, name: 'Eve Writer', username: 'eve', service: false },
  {
    actor: '0190a000-0000-7000-8000-0000000001f1',
    name: 'evaluation',
    username: 'service-account-evaluation',
    service: true,
  },
];

export const ada: Session = {
  name: 'Ada Prompt',
  username: 'ada',
  subject: 'subject-ada',
  workspace: 'acme',
  roles: ['prompt-engineer', 'ml-engineer', 'data-steward'],
};
export const ben: Session = {
  name: 'Ben Approver',
  username: 'ben',
  subject: 'subject-ben',
  workspace: 'acme',
  roles: ['approver'],
};
export const cleo: Session = {
  name: 'Cleo Compliance',
  username: 'cleo',
  subject: 'subject-cleo',
  workspace: 'acme',
  roles: ['compliance-officer'],
};
export const sam: Session = {
  name: 'Sam Runner',
  username: 'sam',
  subject: 'subject-sam',
  workspace: 'acme',
  roles: ['sre'],
};
export const vera: Session = {
  name: 'Vera Viewer',
  username: 'vera',
  subject: 'subject-vera',
  workspace: 'acme',
  roles: ['viewer'],
};
/** A person with every role, who sees every control. */
export const all: Session = {
  ...ada,
  roles: ['prompt-engineer', 'ml-engineer', 'data-steward', 'approver', 'compliance-officer', 'sre', 'admin'],
};
