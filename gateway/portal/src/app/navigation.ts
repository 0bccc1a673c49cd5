import { may, onlyLooks, type Role, type Session } from '@/shared/session/session';

interface Place {
  label: string;
  to:
    | '/home'
    | '/apps'
    | '/prompts'
    | '/playground'
    | '/datasets'
    | '/indexes'
    | '/training'
    | '/models'
    | '/settings/providers'
    | '/settings/api-keys'
    | '/settings/workspaces'
    | '/approvals'
    | '/audit'
    | '/risks'
    | '/policies'
    | '/traces'
    | '/feedback'
    | '/ops/dead-letters'
    | '/help';
  /** The address of further pages that belong to this place. */
  also?: '/runs' | '/sweeps';
  /** The roles that work here. Others may still read by the address if the services allow it. */
  roles: Role[];
  /** True if other roles may not even read here. */
  closed?: boolean;
}

interface Group {
  label: string | null;
  places: Place[];
}

const everyone: Role[] = ['viewer'];

const groups: Group[] = [
  {
    label: null,
    places: [
      { label: 'Home', to: '/home', roles: everyone },
      { label: 'Applications', to: '/apps', also: '/runs', roles: everyone },
    ],
  },
  {
    label: 'Build',
    places: [
      { label: 'Prompts', to: '/prompts', roles: everyone },
      { label: 'Playground', to: '/playground', roles: ['prompt-engineer', 'ml-engineer', 'data-steward'] },
      {
        label: 'Datasets',
        to: '/datasets',
        roles: ['data-steward', 'ml-engineer', 'prompt-engineer', 'compliance-officer', 'approver'],
      },
      { label: 'Indexes', to: '/indexes', roles: ['ml-engineer', 'prompt-engineer'] },
      { label: 'Training', to: '/training', also: '/sweeps', roles: ['ml-engineer', 'sre'] },
      { label: 'Models', to: '/models', roles: ['ml-engineer', 'prompt-engineer', 'sre', 'approver'] },
    ],
  },
  {
    label: 'Govern',
    places: [
      {
        label: 'Approvals',
        to: '/approvals',
        roles: ['approver', 'compliance-officer', 'prompt-engineer', 'ml-engineer'],
      },
      { label: 'Audit', to: '/audit', roles: ['compliance-officer', 'approver', 'sre', 'admin'] },
      { label: 'Risks', to: '/risks', roles: ['compliance-officer', 'approver', 'admin'] },
      { label: 'Policies', to: '/policies', roles: ['compliance-officer', 'approver', 'admin'] },
    ],
  },
  {
    label: 'Operate',
    places: [
      {
        label: 'Traces',
        to: '/traces',
        roles: ['sre', 'prompt-engineer', 'ml-engineer', 'data-steward', 'compliance-officer', 'approver'],
      },
      {
        label: 'Feedback',
        to: '/feedback',
        roles: ['sre', 'prompt-engineer', 'ml-engineer', 'data-steward', 'compliance-officer', 'approver'],
      },
      { label: 'Dead letters', to: '/ops/dead-letters', roles: ['sre'], closed: true },
    ],
  },
  {
    label: 'Settings',
    places: [
      { label: 'Providers', to: '/settings/providers', roles: ['admin', 'ml-engineer', 'prompt-engineer'] },
      { label: 'API keys', to: '/settings/api-keys', roles: ['sre', 'admin'] },
      { label: 'Workspaces', to: '/settings/workspaces', roles: ['admin'], closed: true },
    ],
  },
  { label: 'Help', places: [{ label: 'Glossary', to: '/help', roles: everyone }] },
];

/**
 * Returns the places where this person works, by group, without empty groups. A person who may only read gets every
 * place that is open for reading.
 */
export function navigationFor(session: Session): Group[] {
  const looks = onlyLooks(session);
  return groups
    .map((group) => ({
      ...group,
      places: group.places.filter(({ roles, closed }) => (looks && closed !== true) || may(session, ...roles)),
    }))
    .filter(({ places }) => places.length > 0);
}

/** Returns the place that an address belongs to; undefined if there is none. */
export function placeOf(path: string): Place['to'] | undefined {
  const holds = ({ to, also }: Place) =>
    [to, also ?? to].some((address) => path === address || path.startsWith(`${address}/`));
  return groups.flatMap(({ places }) => places).find(holds)?.to;
}
