import { http, HttpResponse, type HttpHandler } from 'msw';
import type { Policy, Target } from '../../src/features/policies/policies';
import { rulesOf } from '../../src/features/policies/source';
import { ratingOf } from '../../src/features/risks/level';
import type { Risk } from '../../src/shared/risks/risks';
import { json, pageOf } from './answers';
import { leafHash } from './tree';

const hex = (seed: string) => leafHash(seed).toString('hex');
const cleo = 'subject-cleo';

const at = (likelihood: number, impact: number): Risk['residual'] => ({
  likelihood,
  impact,
  score: likelihood * impact,
  rating: ratingOf({ likelihood, impact }),
});

const delivered = { evidence: [], version: 1, changedBy: 'system', changedAt: '2026-11-24T07:00:00Z' };

export const risks: Risk[] = [
  {
    ...delivered,
    name: 'privacy',
    title: 'Personal data or secrets reach a model or its answers',
    approaches: ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'],
    description:
      'Data is used without a legal basis, memorised by a tuned model, or shown to people who may not see it.',
    inherent: at(3, 5),
    residual: at(2, 4),
    mitigation: 'Scan and masking before admission, admission policy, workspaces isolated in the database.',
    signals: ['personal data found in datasets', 'denied admissions'],
  },
  {
    ...delivered,
    name: 'unpredictability',
    title: 'An answer is wrong in a way nobody tested',
    approaches: ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'],
    description: 'Answers outside the allowed form, invented content, behaviour under hostile input.',
    inherent: at(4, 4),
    residual: at(2, 4),
    mitigation:
      'Answers bound to a schema, criteria with intervals registered before the evaluation, approval by a second ' +
      'person.',
    signals: ['failed items of runs', 'incidents'],
  },
  {
    ...delivered,
    name: 'drift',
    title: 'The traffic is no longer what was evaluated',
    approaches: ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'],
    description: 'Inputs, labels or the world change after release, and measured quality no longer holds.',
    inherent: at(4, 3),
    residual: at(3, 2),
    version: 2,
    changedBy: cleo,
    changedAt: '2026-11-25T00:40:00Z',
    evidence: [
      'Feedback correctness of mail-triage fell to 0.81 within a week',
      'https://reviews.example.com/2026/11/monthly-review-of-the-risk-register-and-its-mitigations',
    ],
    mitigation: 'Canary guard on live feedback, periodic re-evaluation, indexes rebuilt from current corpora.',
    signals: ['feedback correctness', 'canary verdicts'],
  },
  {
    ...delivered,
    name: 'model-dependency',
    title: 'A model is withdrawn, repriced or changed by its provider',
    approaches: ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'],
    description: 'Answers, costs or availability change without a change on our side.',
    inherent: at(3, 4),
    residual: at(2, 3),
    mitigation: 'Base models by digest with price and deprecation date, an evaluated alternative per application.',
    signals: ['deprecation dates', 'provider errors', 'price changes'],
  },
  {
    ...delivered,
    name: 'prompt-inconsistency',
    title: 'The same request gets different answers',
    approaches: ['PROMPT'],
    description: 'Wording, order or format of the input changes the answer although its meaning does not.',
    inherent: at(3, 3),
    residual: at(2, 3),
    mitigation:
      'Versioned prompts with lint, consistency measured under perturbation, one-action revert to the former version.',
    signals: ['consistency of evaluation runs', 'repeat variance'],
  },
  {
    ...delivered,
    name: 'catastrophic-forgetting',
    title: 'Fine-tuning loses what the base model could do',
    approaches: ['FINE_TUNING'],
    description:
      'A tuned model answers its own task better and others worse, unnoticed where only its task is measured.',
    inherent: at(2, 5),
    residual: at(1, 4),
    mitigation: 'A forgetting suite before registration, the base model kept as fallback, rollback of the model alias.',
    signals: ['forgetting verdicts'],
  },
];

const admission = `[
  {"name": "not-empty", "expression": "dataset.rows > 0",
   "message": "The version has no rows: upload one that has."},
  {"name": "personal-data", "expression": "dataset.piiFindings == 0 || dataset.masked",
   "message": "Personal data or secrets were found: mask them, then ask for the new version's admission."},
  {"name": "no-leakage", "expression": "dataset.leakage == 0",
   "message": "Rows of different subsets of a split are equal or near-duplicates: split again without duplicates."},
  {"name": "licence-known", "expression": "dataset.licence != ''",
   "message": "The dataset has no licence: say under which one its rows may be used."}
]
`;

export const policyVersions: Policy[] = [
  {
    name: 'dataset-admission-default',
    target: 'dataset-admission',
    version: 2,
    digest: hex('admission-2'),
    activatedBy: cleo,
    activatedAt: '2026-11-25T00:20:00Z',
    active: true,
    source: admission
      .replace('dataset.rows > 0', 'dataset.rows >= 100')
      .replace(
        'The version has no rows: upload one that has.',
        'A version of fewer than 100 rows is too small: upload more.',
      ),
  },
  {
    name: 'dataset-admission-default',
    target: 'dataset-admission',
    version: 1,
    digest: hex('admission-1'),
    activatedBy: 'system',
    activatedAt: '2026-11-24T07:00:00Z',
    active: false,
    source: admission,
  },
  {
    name: 'approval-default',
    target: 'approval',
    version: 1,
    digest: hex('approval-1'),
    activatedBy: 'system',
    activatedAt: '2026-11-24T07:00:00Z',
    active: true,
    source:
      '[{"name": "rejection-has-reason", "expression": "approval.decision != \'REJECTED\' || approval.reason != ' +
      '\'\'", "message": "Say why you reject, so that the requester can do better."}]',
  },
  {
    name: 'release-default',
    target: 'release',
    version: 1,
    digest: hex('release-1'),
    activatedBy: 'system',
    activatedAt: '2026-11-24T07:00:00Z',
    active: true,
    source:
      '[{"name": "verdict-passed", "expression": "verdict.outcome == \'PASS\' || release.override", "message": ' +
      '"Improve the variant, or ask for an override with a reason."}]',
  },
];

const variable = (name: string, type: string, meaning = '') => ({ name, type, meaning });

export const targets: Target[] = [
  {
    name: 'dataset-admission',
    variables: [
      variable('dataset.name', 'string'),
      variable('dataset.rows', 'int'),
      variable('dataset.piiFindings', 'int'),
      variable('dataset.masked', 'bool'),
      variable('dataset.licence', 'string', 'empty when not given'),
      variable('dataset.legalBasis', 'string', 'empty when not given'),
      variable('dataset.leakage', 'int', 'leaking rows of the newest split, 0 without a split'),
      variable('dataset.labels', 'map(string, int)', 'rows of each label'),
      variable('purpose', 'string', 'TRAIN, INDEX or EVALUATE'),
    ],
  },
  {
    name: 'release',
    variables: [
      variable('release.override', 'bool', 'whether a reason to override the verdict is given'),
      variable('verdict.outcome', 'string', 'PASS, FAIL or INCONCLUSIVE'),
    ],
  },
  {
    name: 'approval',
    variables: [
      variable('approval.decision', 'string', 'APPROVED or REJECTED'),
      variable('approval.reason', 'string', 'empty when not given'),
    ],
  },
];

/** Returns the errors of a source: it is not a list of rules, or it uses variables that its target does not have. */
function flawsOf({ target, source }: { target: string; source: string }) {
  const rules = rulesOf(source);
  if (rules === undefined)
    return [
      {
        pointer: '/source',
        detail: 'must be, in an array, a rule of the texts name, expression and message and nothing else',
      },
    ];
  const known = targets.find(({ name }) => name === target)?.variables.map(({ name }) => name) ?? [];
  return rules.flatMap(({ name, expression, message }, index) => {
    const texts = [
      /^[a-z][a-z0-9-]{0,59}$/.test(name)
        ? []
        : [
            {
              pointer: `/source/${index}/name`,
              detail: 'must be kebab-case, at most 60 characters, and unique in the policy',
            },
          ],
      message.trim() === ''
        ? [
            {
              pointer: `/source/${index}/message`,
              detail: 'must say, in one line of at most 500 characters, what to do when the rule refuses',
            },
          ]
        : [],
    ].flat();
    const stranger = [...expression.matchAll(/[a-z]+\.[a-zA-Z]+/g)].find(([name]) => !known.includes(name));
    return stranger === undefined
      ? texts
      : [
          ...texts,
          {
            pointer: `/source/${index}/expression`,
            detail:
              `ERROR: <input>:1:${stranger.index + 1}: undeclared reference to '${stranger[0].split('.')[0]}' (in ` +
              `container '')`,
          },
        ];
  });
}

async function compiled(
  request: Request,
  answer: (body: { name: string; target: string; source: string }) => Response,
): Promise<Response> {
  const body = (await request.json()) as { name: string; target: string; source: string };
  const errors = flawsOf(body);
  if (errors.length === 0) return answer(body);
  return json(
    {
      type: '/problems/policy-flawed',
      title: 'The policy cannot be activated',
      status: 422,
      detail: 'Correct the rules listed in errors.',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      errors,
    },
    422,
  );
}

export function governanceHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  const list = (items: unknown[]) => pageOf(scenario === 'empty' ? [] : items);
  const missing = () =>
    json(
      {
        type: '/problems/not-found',
        title: 'There is no such resource',
        status: 404,
        detail: 'Check the name or id; you only see what belongs to your workspace.',
      },
      404,
    );
  return [
    http.get('*/api/risks', () => list(risks)),
    http.get('*/api/risks/:name', ({ params }) => {
      const risk = risks.find(({ name }) => name === params['name']);
      return risk === undefined ? missing() : HttpResponse.json(risk, { headers: { ETag: `"${risk.version}"` } });
    }),
    http.patch('*/api/risks/:name', ({ params }) => json(risks.find(({ name }) => name === params['name']))),
    http.get('*/api/policies', () =>
      list(policyVersions.filter(({ active }) => active).toSorted((one, other) => one.name.localeCompare(other.name))),
    ),
    http.post('*/api/policies', ({ request }) =>
      compiled(request, (body) =>
        json(
          {
            proposalId: 'pp-1',
            policy: body.name,
            target: body.target,
            source: body.source,
            formerVersion: 2,
            digest: hex(body.source),
            reason: '',
            requester: cleo,
            requestedAt: '2026-11-25T01:30:00Z',
            state: 'PROPOSED',
          },
          201,
        ),
      ),
    ),
    http.post('*/api/policies/check', ({ request }) =>
      compiled(request, () => new HttpResponse(null, { status: 204 })),
    ),
    http.get('*/api/policies/:name', ({ params }) => {
      const versions = policyVersions.filter(({ name }) => name === params['name']);
      return versions.length === 0 ? missing() : pageOf(versions);
    }),
    http.get('*/api/policy-targets', () => pageOf(targets)),
    http.get('*/api/policy-proposals', () => list([])),
    http.get(
      '*/api/audit/export',
      () =>
        new HttpResponse('{"index":0}\n', {
          headers: {
            'Content-Type': 'application/x-ndjson',
            'Content-Disposition': 'attachment; filename="audit.jsonl"',
          },
        }),
    ),
  ];
}
