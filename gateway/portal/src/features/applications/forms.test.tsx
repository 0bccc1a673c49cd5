import { screen, within } from '@testing-library/react';
import { http, HttpResponse, type HttpHandler, type JsonBodyType } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { indexes } from '../../../test/mocks/models';
import * as world from '../../../test/mocks/world';
import { vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

/** Takes what is sent to a path, and answers it. */
function taking(path: string, answer: unknown = {}, status = 201): { sent: unknown[]; handler: HttpHandler } {
  const sent: unknown[] = [];
  return {
    sent,
    handler: http.post(path, async ({ request }) => {
      sent.push(await request.json());
      return json(answer, status);
    }),
  };
}

const only = <T,>(path: string, items: T[]) =>
  http.get(path, () =>
    HttpResponse.json({ items, nextPageToken: null, total: { value: items.length, exact: true } } as JsonBodyType),
  );
const answersOf = (property: string, ...answers: string[]) => ({
  type: 'object',
  properties: { [property]: { enum: answers } },
});
const dialog = async () => within(await screen.findByRole('dialog'));

it('registers an application and leads to its page, where the criteria come next', async () => {
  const { sent, handler } = taking('*/api/applications', world.applications[1]);
  const { user, address } = visit('/apps', {
    but: [
      handler,
      ...['criteria', 'recommendations'].map((part) => only(`*/api/applications/ticket-routing/${part}`, [])),
      ...['variants', 'runs', 'verdicts', 'releases'].map((list) => only(`*/api/${list}`, [])),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Register an application' }));
  const form = await dialog();
  expect(form.getByRole('button', { name: 'Register' })).toHaveAttribute('aria-disabled', 'true');
  await user.type(form.getByLabelText(/^Name/), 'ticket-routing');
  await user.type(form.getByLabelText(/Purpose/), 'Route tickets');
  await user.type(form.getByLabelText(/Owner/), 'support');
  await user.selectOptions(form.getByLabelText('Criticality'), 'HIGH');
  await user.type(form.getByLabelText(/Calls a month/), '20000');
  await user.click(form.getByRole('button', { name: 'Register' }));
  expect(await screen.findByText('Next: register what success means')).toBeVisible();
  expect(address()).toBe('/apps/ticket-routing');
  expect(sent).toEqual([
    {
      name: 'ticket-routing',
      purpose: 'Route tickets',
      owner: 'support',
      criticality: 'HIGH',
      task: 'CLASSIFICATION',
      monthlyVolume: 20_000,
    },
  ]);
});

it('proposes criteria, and shows the refusal of a single kind where it was sent', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [
      only('*/api/applications/:name/criteria', []),
      http.post('*/api/applications/:name/criteria', async ({ request }) => {
        sent.push(await request.json());
        return problem(409, {
          title: 'One kind of metric cannot carry a decision',
          missing: ['a second kind of metric besides TASK_QUALITY'],
        });
      }),
    ],
  });
  const form = await dialog();
  expect(form.getAllByRole('row')).toHaveLength(5);
  for (const metric of ['Macro F1', 'Consistency', 'Latency p95'])
    await user.click(form.getByRole('button', { name: `Remove ${metric}` }));
  await user.clear(form.getByLabelText('Least items of Accuracy'));
  expect(form.getByText('Every row needs a threshold and least items.')).toBeVisible();
  await user.type(form.getByLabelText('Least items of Accuracy'), '150');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  expect(await form.findByText('a second kind of metric besides TASK_QUALITY')).toBeVisible();
  expect(sent).toEqual([
    {
      criteria: [
        {
          metric: 'accuracy',
          kind: 'TASK_QUALITY',
          direction: 'AT_LEAST',
          threshold: 0.85,
          margin: 0.02,
          sampleSize: 150,
        },
      ],
    },
  ]);
});

it('assesses only when every question is answered, and shows path and flip points', async () => {
  const { sent, handler } = taking('*/api/applications/:name/assessments', world.assessments[0]);
  let done = false;
  const { user } = visit('/apps/mail-triage?do=assess', {
    but: [
      http.get('*/api/applications/:name/assessments', () =>
        json({ items: done ? world.assessments : [], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
      handler,
    ],
  });
  const form = await dialog();
  await user.click(form.getByRole('radio', { name: /^High/ }));
  await user.click(form.getByRole('radio', { name: /^A judgement of its own/ }));
  await user.click(form.getByRole('radio', { name: /^Many/ }));
  expect(form.getByText('1 of 4 questions are open.')).toBeVisible();
  await user.click(form.getByRole('radio', { name: /^Limited/ }));
  await user.click(form.getByRole('checkbox', { name: 'The task changes often' }));
  done = true;
  await user.click(form.getByRole('button', { name: 'Assess' }));
  expect(await screen.findByRole('list', { name: 'Path through the decision tree' })).toHaveTextContent(
    'Begin withRAG',
  );
  expect(screen.getByText(/resources were moderate instead of limited: Fine tuning/)).toBeVisible();
  expect(sent).toEqual([
    {
      performanceTarget: 'HIGH',
      specificity: 'SPECIALISED',
      dataAvailability: 'ABUNDANT',
      resources: 'LIMITED',
      triggers: ['FLEXIBILITY'],
    },
  ]);
});

it('leads from the way to a release straight to the form for a prompt', async () => {
  const { user } = visit('/apps/mail-triage', {
    but: ['variants', 'runs', 'verdicts', 'releases'].map((list) => only(`*/api/${list}`, [])),
  });
  await user.click(await screen.findByRole('link', { name: 'Write a prompt' }));
  expect(await screen.findByRole('dialog', { name: 'New prompt' })).toBeVisible();
});

it('composes a variant of the newest version of the prompt named like the application', async () => {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', { but: [handler] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'retrieval');
  await user.selectOptions(await form.findByLabelText(/Version/), '2');
  expect(form.queryByRole('option', { name: /bge-small-en/ })).toBeNull();
  await user.selectOptions(
    form.getByLabelText('Index'),
    await form.findByRole('option', { name: /^mails · .* rows$/ }),
  );
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        application: 'mail-triage',
        name: 'retrieval',
        promptDigest: world.versions[1]?.digest,
        model: 'local/choice-bge-small',
        indexDigest: indexes.find(({ state }) => state === 'READY')?.indexDigest,
        parameters: { retrievedExamples: 8, temperature: 0 },
      },
    ]);
});

it('warns of a choice model before a version that names nothing to choose from', async () => {
  const { user } = visit('/apps/mail-triage?do=variant', {
    but: [
      http.get('*/api/prompt-versions/:digest', ({ params }) =>
        HttpResponse.json({
          ...world.versions[0],
          responseFormat: params['digest'] === world.versions[0]?.digest ? null : answersOf('label', 'spam'),
        } as JsonBodyType),
      ),
    ],
  });
  const form = await dialog();
  expect(await form.findByText(/names no answers to choose from/)).toBeVisible();
  await user.selectOptions(form.getByLabelText(/Version/), '1');
  await expect.poll(() => form.queryByText(/names no answers to choose from/)).toBeNull();
});

it('measures on the suite that was used last', async () => {
  const { sent, handler } = taking('*/api/runs', world.runs[0], 202);
  const { user, address } = visit('/apps/mail-triage?tab=variants', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'Measure few-shot' }));
  const form = await dialog();
  expect(await form.findByLabelText(/Suite/)).toHaveDisplayValue(/mail-triage v1/);
  await user.click(form.getByRole('button', { name: 'Start the measurement' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        application: 'mail-triage',
        suiteDigest: world.suites[0]?.suiteDigest,
        variantDigest: world.variants[1]?.variantDigest,
        seed: 7,
      },
    ]);
  await expect.poll(address).toBe('/apps/mail-triage?tab=measurements');
});

it('makes the suite on the way when there is none, and says what hinders', async () => {
  const { user } = visit('/apps/mail-triage?do=measure', {
    but: [only('*/api/suites', []), only('*/api/runs', [])],
  });
  const form = await dialog();
  expect(await form.findByText('Choose a dataset that is split and admitted.')).toBeVisible();
  await user.click(form.getByRole('checkbox', { name: /^Consistency/ }));
  expect(form.queryByLabelText('Changed items')).toBeNull();
});

it('cancels a run', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/apps/mail-triage?tab=measurements', {
    but: [
      http.post('*/api/runs/:id/cancel', ({ params }) => {
        sent.push(params['id']);
        return json(world.runs[0]);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Cancel the run of unmeasured' }));
  await expect.poll(() => sent).toEqual(['run-4']);
  expect(screen.getByText('The provider refused 30 of 200 items: wrong key.')).toBeVisible();
});

it('asks for the verdict of the phase a variant belongs to, under the criteria of its run', async () => {
  const { sent, handler } = taking('*/api/verdicts', world.verdicts[0]);
  const { user } = visit('/apps/mail-triage?do=verdict&run=run-3', { but: [handler] });
  const form = await dialog();
  expect(await form.findByText('Held against version 1 of the criteria:')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Judge' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        application: 'mail-triage',
        runId: 'run-3',
        criteriaDigest: world.criteria[0]?.criteriaDigest,
        kind: 'PHASE',
        phase: 'FINE_TUNING',
      },
    ]);
});

it('records a baseline and compares runs of one suite', async () => {
  const baseline = taking('*/api/baselines', world.baselines[0]);
  const comparison = taking('*/api/comparisons', world.comparisons[0]);
  const { user } = visit('/apps/mail-triage?tab=measurements', { but: [baseline.handler, comparison.handler] });
  await user.click(await screen.findByRole('button', { name: 'Record few-shot as baseline' }));
  await user.click((await dialog()).getByRole('button', { name: 'Record baseline' }));
  await expect.poll(() => baseline.sent).toEqual([{ application: 'mail-triage', phase: 'PROMPT', runId: 'run-2' }]);
  await user.click(await screen.findByRole('button', { name: 'Compare' }));
  const form = await dialog();
  await user.click(await form.findByRole('checkbox', { name: /^few-shot/ }));
  await user.click(form.getByRole('button', { name: 'Compare' }));
  await expect
    .poll(() => comparison.sent)
    .toEqual([{ application: 'mail-triage', baselineRunId: 'run-1', runIds: ['run-2'], seed: 7 }]);
});

it('asks for a reason only against a failed verdict, and shows the refusal', async () => {
  const { user } = visit('/apps/mail-triage?tab=measurements', {
    but: [
      http.post('*/api/releases', () =>
        problem(409, { title: 'The verdict failed', missing: ['accuracy .712 is below .850'] }),
      ),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Request the release of zero-shot' }));
  const form = await dialog();
  expect(await form.findByText('This verdict failed')).toBeVisible();
  await user.selectOptions(form.getByLabelText(/Variant/), form.getByRole('option', { name: /^fine-tuned/ }));
  expect(form.queryByLabelText('Reason for an override')).toBeNull();
  await user.click(form.getByRole('button', { name: 'Request release' }));
  expect(await form.findByRole('heading', { name: /The verdict failed/ })).toBeVisible();
});

it('says what serves, in place of a next step', async () => {
  const { user, address } = visit('/apps/mail-triage');
  expect(await screen.findByRole('heading', { name: /fine-tuned serves production/ })).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'The release, and how to call it' }));
  expect(address()).toBe('/apps/mail-triage?tab=releases');
});

it('takes no trial share that is none', async () => {
  const { user } = visit('/apps/mail-triage?do=release');
  const share = (await dialog()).getByLabelText('Trial share of the traffic, in percent');
  await user.clear(share);
  await user.type(share, '150');
  expect(screen.getByText('The trial share is a whole number from 0 to 99.')).toBeVisible();
});

it('says how to call what is released', async () => {
  visit('/apps/mail-triage?tab=releases');
  expect(await screen.findByText(/chat\/completions/)).toHaveTextContent('"model": "app/mail-triage"');
});

it('requests a waiver for a locked phase', async () => {
  const { sent, handler } = taking('*/api/applications/:name/waivers', world.waivers[0], 202);
  const { user } = visit('/apps/mail-triage?tab=waivers', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'Request a waiver' }));
  const form = await dialog();
  await user.type(form.getByLabelText(/Reason/), 'A bounded trial of it');
  await user.click(form.getByRole('button', { name: 'Request waiver' }));
  await expect.poll(() => sent).toEqual([{ phase: 'FINE_TUNING', reason: 'A bounded trial of it' }]);
});

it('says which role is needed to those who only look', async () => {
  const { user } = visit('/apps/mail-triage?tab=measurements', { as: vera });
  const measure = await screen.findByRole('button', { name: 'Measure a variant' });
  expect(measure).toHaveAttribute('aria-disabled', 'true');
  await user.hover(measure);
  expect(await screen.findByText(/Needs the role prompt-engineer or ml-engineer/)).toBeInTheDocument();
});

it('opens no form from an address for those who only look', async () => {
  visit('/apps/mail-triage?tab=releases&do=release', { as: vera });
  expect(await screen.findByRole('table', { name: 'Releases' })).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
});
