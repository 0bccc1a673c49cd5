import { http, HttpResponse, type HttpHandler, type JsonBodyType } from 'msw';
import { completionHandler, draftHandler } from './completions';
import { costHandlers } from './costs';
import { datasetHandlers } from './datasets';
import { governanceHandlers } from './governance';
import { lineageHandlers } from './lineage';
import { modelHandlers } from './models';
import { operationHandlers } from './operations';
import { questionHandlers } from './questions';
import { renderHandler } from './rendering';
import { batch, reported, traceHandlers } from './traces';
import { workspaceHandlers } from './workspaces';
import * as world from './world';

export type Scenario = 'loaded' | 'empty' | 'error';

const page = <T>(items: T[]) => ({ items, nextPageToken: null, total: { value: items.length, exact: true } });

export const problem = (status: number, body: Record<string, JsonBodyType>) =>
  HttpResponse.json(
    { type: '/problems/test', status, traceId: '4bf92f3577b34da6a3ce929d0e0e4736', ...body } as JsonBodyType,
    {
      status,
      headers: { 'Content-Type': 'application/problem+json' },
    },
  );

const notFound = () =>
  problem(404, { title: 'Not found', detail: 'Nothing of this name is in the workspace; check the address.' });
const found = (body: unknown) => (body === undefined ? notFound() : HttpResponse.json(body as JsonBodyType));

/** Returns the handlers of all services in a scenario: with data, without data, or down. */
export function handlers(scenario: Scenario, session = world.ada): HttpHandler[] {
  const me = http.get('*/session', () => HttpResponse.json(session));
  if (scenario === 'error') {
    return [
      me,
      http.all(/\/(api|v1)\//, () =>
        problem(503, { title: 'The service is down', detail: 'It will be back by itself; try again in a moment.' }),
      ),
    ];
  }
  const approvals = world.approvals.map((one) => ({
    ...one,
    own: [one.requester, ...one.authors].includes(session.subject ?? ''),
  }));
  const list = <T>(items: T[]) => HttpResponse.json(page(scenario === 'empty' ? [] : items) as JsonBodyType);
  return [
    me,
    http.post('*/logout', () => new HttpResponse(null, { status: 204 })),

    http.get('*/api/applications', () => list(world.applications)),
    http.get('*/api/applications/:name', ({ params }) =>
      found(world.applications.find(({ name }) => name === params['name'])),
    ),
    http.get('*/api/applications/:name/overview', () => found(scenario === 'empty' ? { usage: null } : world.overview)),
    http.get('*/api/applications/:name/phases', () => list(world.phases)),
    http.get('*/api/applications/:name/criteria', () => list(world.criteria)),
    http.get('*/api/applications/:name/criteria-proposals', () => list(world.proposals)),
    http.get('*/api/applications/:name/waivers', () => list(world.waivers)),
    http.get('*/api/applications/:name/recommendations', () => list(world.recommendations)),
    http.get('*/api/applications/:name/assessments', () => list(world.assessments)),
    http.post('*/api/applications/:name/recommendations', () =>
      HttpResponse.json(world.recommendations[0] as unknown as JsonBodyType, { status: 201 }),
    ),
    http.get('*/v1/models', () =>
      HttpResponse.json({ object: 'list', data: scenario === 'empty' ? [] : world.models } as unknown as JsonBodyType),
    ),
    http.get('*/v1/models/:model', ({ params }) =>
      found(
        world.models
          .filter(({ id }) => id === params['model'])
          .map((model) => ({
            ...model,
            plumbline: { ...model.plumbline, digest: world.variants[1]?.variantDigest },
          }))[0],
      ),
    ),
    completionHandler,
    draftHandler,
    http.get('*/api/variants', ({ request }) => {
      const part = Object.fromEntries(new URL(request.url).searchParams);
      return list(world.variants.filter((variant) => world.uses(variant, part)));
    }),
    http.get('*/api/variants/:digest', ({ params }) =>
      found(world.variants.find(({ variantDigest }) => variantDigest === params['digest'])),
    ),
    http.post('*/api/variants/:digest/refresh', () =>
      HttpResponse.json(world.refresh as JsonBodyType, { status: 201 }),
    ),
    ...questionHandlers,
    http.get('*/api/suites', () => list(world.suites)),
    http.get('*/api/suites/required-items', () =>
      found({
        spread: 0.357,
        planned: { plannedVerdicts: 2, itemsPerSet: 190, sets: 3, items: 570 },
        fewest: { plannedVerdicts: 5, itemsPerSet: 233, sets: 1, items: 233 },
      }),
    ),
    http.get('*/api/suites/:digest/attempts', ({ params, request }) => {
      const planned = Number(new URL(request.url).searchParams.get('plannedVerdicts'));
      return HttpResponse.json({ suiteDigest: params['digest'], plannedVerdicts: planned, used: 2, left: planned - 2 });
    }),
    http.get('*/api/suites/:digest', ({ params }) =>
      found(world.suites.find(({ suiteDigest }) => suiteDigest === params['digest'])),
    ),
    http.get('*/api/runs', () => list(world.runs)),
    http.get('*/api/runs/:id', ({ params }) => found(world.runs.find(({ runId }) => runId === params['id']))),
    http.get('*/api/runs/:id/items', ({ request }) =>
      list(
        world.items.filter(
          (item) => new URL(request.url).searchParams.get('onlyWrong') !== 'true' || item.label !== item.prediction,
        ),
      ),
    ),
    http.get('*/api/verdicts', () => list(world.verdicts)),
    http.get('*/api/verdicts/:id', ({ params }) =>
      found(world.verdicts.find(({ verdictId }) => verdictId === params['id'])),
    ),
    http.get('*/api/baselines', () => list(world.baselines)),
    http.get('*/api/comparisons', () => list(world.comparisons)),
    http.get('*/api/comparisons/:id/items', () => list(world.itemDifferences)),
    http.get('*/api/prompt-versions/:digest', ({ params }) =>
      found(world.versions.find(({ digest }) => digest === params['digest'])),
    ),
    http.get('*/api/releases', () => list(world.releases)),
    http.get('*/api/releases/environments', () => found({ environments: ['production', 'staging', 'development'] })),
    http.get('*/api/guards', () => list(world.guards)),
    http.post('*/api/releases/:id/:action', () => HttpResponse.json({}, { status: 202 })),

    http.get('*/api/approvals', ({ request }) => {
      const state = new URL(request.url).searchParams.get('state');
      return list(approvals.filter((one) => state === null || one.state === state));
    }),
    http.get('*/api/approvals/:id', ({ params }) =>
      found(approvals.find(({ approvalId }) => approvalId === params['id'])),
    ),
    http.post('*/api/approvals/:id/decisions', () => HttpResponse.json({})),

    http.get('*/api/prompts', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const q = searchParams.get('q');
      const tag = searchParams.get('tag');
      return list(
        world.prompts.filter(
          ({ name, tags }) => (q === null || name.includes(q)) && (tag === null || tags.includes(tag)),
        ),
      );
    }),
    http.post('*/api/prompts', () => HttpResponse.json(world.prompts[2] as unknown as JsonBodyType, { status: 201 })),
    http.post('*/api/prompts/lint', () => HttpResponse.json(world.lint as unknown as JsonBodyType)),
    http.get('*/api/prompts/:name', ({ params }) => {
      const prompt = world.prompts.find(({ name }) => name === params['name']);
      return found(scenario === 'empty' && prompt ? { ...prompt, latestVersion: 0, labels: {} } : prompt);
    }),
    http.get('*/api/prompts/:name/versions', () =>
      list(
        world.versions.map(({ version, digest, message, author, createdAt }) => ({
          version,
          digest,
          message,
          author,
          createdAt,
        })),
      ),
    ),
    http.post('*/api/prompts/:name/versions', () =>
      HttpResponse.json({ ...world.versions[0] } as unknown as JsonBodyType, { status: 201 }),
    ),
    http.get('*/api/prompts/:name/versions/:version', ({ params }) =>
      found(world.versions.find(({ version }) => String(version) === params['version'])),
    ),
    renderHandler,
    http.get('*/api/prompts/:name/diff', ({ request }) => {
      const { searchParams } = new URL(request.url);
      const [from, to] = [Number(searchParams.get('from')), Number(searchParams.get('to'))];
      return HttpResponse.json({ ...world.difference, from, to } as unknown as JsonBodyType);
    }),
    http.get('*/api/prompts/:name/versions/:version/includes', () => list([])),
    http.get('*/api/prompts/:name/included-by', () => list([])),
    http.get('*/api/prompts/:name/labels', () => list(world.labels)),
    http.get('*/api/prompts/:name/label-moves', () => list(world.moves)),
    http.put('*/api/prompts/:name/labels/:label', ({ params }) =>
      params['label'] === 'production'
        ? HttpResponse.json({ moveId: 'm-2', state: 'REQUESTED' }, { status: 202 })
        : HttpResponse.json({}),
    ),

    ...costHandlers(scenario),

    ...datasetHandlers(scenario),
    ...lineageHandlers(scenario),

    ...modelHandlers(scenario),

    ...operationHandlers(scenario),
    ...traceHandlers(scenario),

    ...governanceHandlers(scenario),
    ...workspaceHandlers(scenario),

    http.get('*/api/people/:actor', ({ params }) => found(world.people.find(({ actor }) => actor === params['actor']))),
    http.get('*/api/audit', async ({ request }) => {
      const object = new URL(request.url).searchParams.get('object');
      if (object === batch) return list([await reported(world.proof(2))]);
      return list(world.auditEntries.filter((entry) => object === null || entry.object === object));
    }),
    http.get('*/api/audit/:index', ({ params }) => found(world.detail(Number(params['index'])))),
    http.get('*/api/identity-recording', () =>
      HttpResponse.json({
        state: 'RECORDED',
        reason: null,
        changedAt: '2026-11-24T08:00:00Z',
        readAt: '2026-11-25T08:00:00Z',
      }),
    ),
    http.get('*/api/ledger/verification', () =>
      HttpResponse.json((scenario === 'empty' ? world.unwritten : world.verified) as unknown as JsonBodyType),
    ),
    http.post('*/api/ledger/verify', () =>
      HttpResponse.json({ ...world.verified, running: true } as unknown as JsonBodyType, { status: 202 }),
    ),
    http.get('*/api/ledger/head', () => HttpResponse.json(world.verified.last?.newest as unknown as JsonBodyType)),
    http.get('*/api/ledger/entries/:index/proof', ({ params }) =>
      HttpResponse.json(world.proof(Number(params['index'])) as unknown as JsonBodyType),
    ),
  ];
}
