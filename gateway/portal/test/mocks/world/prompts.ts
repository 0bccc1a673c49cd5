import type {
  Label,
  LabelMove,
  LintReport,
  PromptDifference,
  PromptSummary,
} from '../../../src/features/prompts/prompts';
import type { PromptVersion } from '../../../src/shared/data/promptVersions';
import { eve, hex, max } from './names';

export const prompts: PromptSummary[] = [
  {
    name: 'mail-triage',
    description: 'Sorts a message into one of three kinds',
    tags: ['mail', 'classification'],
    owner: 'subject-ada',
    createdAt: '2026-11-24T08:50:00Z',
    latestVersion: 3,
    labels: { latest: 3, production: 2, staging: 3 },
  },
  {
    name: 'ticket-routing',
    description: 'Names the team for a ticket',
    tags: ['support', 'classification'],
    owner: eve,
    createdAt: '2026-11-23T16:02:00Z',
    latestVersion: 4,
    labels: { latest: 4 },
  },
  {
    name: 'summary',
    description: 'Three sentences on a document',
    tags: [],
    owner: eve,
    createdAt: '2026-11-23T15:00:00Z',
    latestVersion: 0,
    labels: {},
  },
];

const schema = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
  required: names,
});
const typed = {
  type: 'object',
  properties: {
    company: { type: 'string', description: 'Whose inbox it is' },
    locale: { enum: ['en', 'de'], default: 'en' },
    mail: { type: 'object', properties: { body: { type: 'string' } }, required: ['body'] },
  },
  required: ['company', 'mail'],
};
const format = {
  type: 'object',
  properties: { label: { enum: ['personal', 'newsletter', 'spam'] } },
  required: ['label'],
};

export const versions: PromptVersion[] = [
  {
    prompt: 'mail-triage',
    version: 3,
    digest: hex('p3'),
    message: 'Ask for the language as well',
    author: 'subject-ada',
    createdAt: '2026-11-24T10:12:00Z',
    messages: [
      {
        role: 'system',
        content:
          'You sort mail for {{company}} in {{locale}}.\nAnswer with one label.\nSpam is unwanted bulk mail, a ' +
          'newsletter is wanted bulk mail.',
      },
      { role: 'user', content: 'The message:\n{{mail.body}}' },
    ],
    variables: typed,
    examples: [
      { input: 'Win a prize now', output: '{"label":"spam"}' },
      { input: 'Lunch on Friday?', output: '{"label":"personal"}' },
    ],
    parameters: { temperature: 0, max_tokens: 16 },
    responseFormat: format,
    partials: {},
    includes: [],
    propertyOrder: hex('order'),
    notes: [],
  },
  {
    prompt: 'mail-triage',
    version: 2,
    digest: hex('p2'),
    message: 'Two examples',
    author: 'subject-ada',
    createdAt: '2026-11-24T09:40:00Z',
    messages: [
      { role: 'system', content: 'You sort mail for {{company}}.\nAnswer with one label.' },
      { role: 'user', content: 'The message:\n{{mail}}' },
    ],
    variables: schema('company', 'mail'),
    examples: [{ input: 'Win a prize now', output: '{"label":"spam"}' }],
    parameters: { temperature: 0.2 },
    responseFormat: format,
    partials: {},
    includes: [],
    propertyOrder: hex('order'),
    notes: [],
  },
  {
    prompt: 'mail-triage',
    version: 1,
    digest: hex('p1'),
    message: 'First version',
    author: eve,
    createdAt: '2026-11-24T09:00:00Z',
    messages: [{ role: 'user', content: 'Sort this mail: {{mail}}' }],
    variables: schema('mail'),
    examples: [],
    parameters: {},
    responseFormat: null,
    partials: {},
    includes: [],
    propertyOrder: hex('order'),
    notes: [],
  },
];

/** The difference between versions 2 and 3 of mail-triage. */
export const difference: PromptDifference = {
  from: 2,
  to: 3,
  messages: [
    {
      index: 0,
      fromRole: 'system',
      toRole: 'system',
      changed: true,
      lines: [
        {
          kind: 'REMOVED',
          fromLine: 1,
          toLine: null,
          text: 'You sort mail for {{company}}.',
          segments: [
            { kind: 'EQUAL', text: 'You sort mail for {{company}}' },
            { kind: 'EQUAL', text: '.' },
          ],
        },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 1,
          text: 'You sort mail for {{company}} in {{locale}}.',
          segments: [
            { kind: 'EQUAL', text: 'You sort mail for {{company}}' },
            { kind: 'ADDED', text: ' in {{locale}}' },
            { kind: 'EQUAL', text: '.' },
          ],
        },
        { kind: 'EQUAL', fromLine: 2, toLine: 2, text: 'Answer with one label.', segments: [] },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 3,
          text: 'Spam is unwanted bulk mail, a newsletter is wanted bulk mail.',
          segments: [],
        },
      ],
    },
    {
      index: 1,
      fromRole: 'user',
      toRole: 'user',
      changed: true,
      lines: [
        { kind: 'EQUAL', fromLine: 1, toLine: 1, text: 'The message:', segments: [] },
        {
          kind: 'REMOVED',
          fromLine: 2,
          toLine: null,
          text: '{{mail}}',
          segments: [{ kind: 'REMOVED', text: '{{mail}}' }],
        },
        {
          kind: 'ADDED',
          fromLine: null,
          toLine: 2,
          text: '{{mail.body}}',
          segments: [{ kind: 'ADDED', text: '{{mail.body}}' }],
        },
      ],
    },
  ],
  renamedVariables: {},
  examples: {
    added: [{ index: 1, example: { input: 'Lunch on Friday?', output: '{"label":"personal"}' } }],
    removed: [],
    changed: [],
  },
  partials: [],
  configuration: [
    { pointer: '/variables/properties/locale', from: null, to: { enum: ['en', 'de'], default: 'en' } },
    { pointer: '/variables/properties/mail/type', from: 'string' as never, to: 'object' as never },
    { pointer: '/parameters/temperature', from: 0.2 as never, to: 0 as never },
    { pointer: '/parameters/max_tokens', from: null, to: 16 as never },
  ],
};

export const lint: LintReport = {
  violations: [],
  tokens: { count: 1_234, estimated: true, encoding: 'o200k_base' },
  findings: [
    {
      rule: 'untrusted-variable',
      severity: 'WARNING',
      pointer: '/messages/1/content',
      message: 1,
      line: 2,
      column: 1,
      excerpt: '{{mail.body}}',
      detail: 'Set the untrusted text off with a fence and say that it is data.',
    },
  ],
};

export const labels: Label[] = [
  {
    label: 'latest',
    version: 3,
    digest: hex('p3'),
    movedAt: '2026-11-24T10:12:00Z',
    movedBy: 'subject-ada',
    locked: false,
  },
  {
    label: 'production',
    version: 2,
    digest: hex('p2'),
    movedAt: '2026-11-24T11:00:00Z',
    movedBy: 'subject-ben',
    locked: true,
  },
  {
    label: 'staging',
    version: 3,
    digest: hex('p3'),
    movedAt: '2026-11-24T10:15:00Z',
    movedBy: 'subject-ada',
    locked: false,
  },
];

const moving = { author: 'subject-ada', digest: hex('p3') };

export const moves: LabelMove[] = [
  {
    ...moving,
    labelMoveId: 'm-3',
    label: 'production',
    from: 2,
    to: 3,
    state: 'REQUESTED',
    requester: 'subject-ada',
    requestedAt: '2026-11-24T12:00:00Z',
  },
  {
    ...moving,
    labelMoveId: 'm-2',
    label: 'production',
    from: 1,
    to: 2,
    state: 'MOVED',
    requester: 'subject-ada',
    requestedAt: '2026-11-24T10:50:00Z',
    decidedBy: 'subject-ben',
    decidedAt: '2026-11-24T11:00:00Z',
    approvalId: 'a-3',
    reason: 'Measured better',
  },
  {
    ...moving,
    labelMoveId: 'm-1',
    label: 'staging',
    from: 2,
    to: 3,
    state: 'MOVED',
    requester: max,
    requestedAt: '2026-11-24T10:15:00Z',
  },
];
