import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { newScorer } from './scorerDraft';
import { startingScorers } from './suiteDraft';
import { dialog, only, taking } from '../../../test/requests';

it('evaluates on the suite that the criteria name', async () => {
  const { sent, handler } = taking('*/api/runs', world.runs[0], 202);
  const { user, address } = visit('/apps/mail-triage?tab=variants', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'Evaluate few-shot' }));
  const form = await dialog();
  expect(await form.findByLabelText(/Suite/)).toHaveDisplayValue(/mail-triage v1/);
  await user.click(form.getByRole('button', { name: 'Start the run' }));
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
  await expect.poll(address).toBe('/apps/mail-triage?tab=evaluations');
});

it('offers no verdict on a run over validation rows', async () => {
  const [first] = world.suites;
  visit('/apps/mail-triage?tab=evaluations', {
    but: [
      only('*/api/suites', [
        {
          ...first,
          definition: { ...first?.definition, subset: 'validation' },
          suiteDigest: world.runs[0]?.suiteDigest,
        },
      ]),
    ],
  });
  const table = within(await screen.findByRole('table', { name: 'Runs' }));
  expect((await table.findAllByText(/ v1$/)).length).toBeGreaterThan(0);
  expect(table.queryByRole('button', { name: /^Request a verdict on/ })).toBeNull();
});

it('names no number of items that nobody would add', async () => {
  const verdicts = world.verdicts.map((verdict) => ({
    ...verdict,
    criteria: verdict.criteria.map((one) => ({ ...one, ...(one.moreItems != null && { moreItems: 173_611 }) })),
  }));
  visit('/apps/mail-triage?tab=evaluations', { but: [only('*/api/verdicts', verdicts)] });
  expect(
    await screen.findByText('Too close to call: more items of this kind will not settle it in practice.'),
  ).toBeVisible();
});

it('says how many of the planned verdicts are left on the items', async () => {
  visit('/apps/mail-triage?do=run');
  expect(
    await (
      await dialog()
    ).findByText('Verdicts on these items: 3 left of 5 planned. 2 used so far, by all applications with these items.'),
  ).toBeVisible();
});

it('says the smallest effect that a verdict could have seen', async () => {
  visit('/apps/mail-triage?tab=evaluations');
  expect(await screen.findByText('Smallest detectable effect: .052')).toBeVisible();
  expect(screen.getByText('Too close to call: about 220 more test items would settle it.')).toBeVisible();
  expect(screen.getByRole('img', { name: '.868, interval .831 to .898, limit .850' })).toBeVisible();
});

it('leads to a new suite when there is none, which says what is missing', async () => {
  const { user, address } = visit('/apps/mail-triage?do=run', {
    but: [only('*/api/suites', []), only('*/api/runs', [])],
  });
  const run = await dialog();
  expect(await run.findByText('Publish a suite first.')).toBeVisible();
  await user.click(run.getByRole('button', { name: 'Publish another suite' }));
  await expect.poll(address).toContain('do=suite');
  const form = await dialog();
  expect(await form.findByText('Choose a dataset that is split and admitted.')).toBeVisible();
  await user.click(form.getByRole('checkbox', { name: /^Measure consistency/ }));
  expect(form.queryByLabelText('Perturbed items')).toBeNull();
});

it('publishes a suite with scorers, each with what its type takes', async () => {
  const { sent, handler } = taking('*/api/suites', world.suites[0], 201);
  const { user } = visit('/apps/mail-triage?do=suite', { but: [handler] });
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await user.selectOptions(form.getByLabelText(/^Type of scorer 1/), 'contains');
  expect(form.queryByLabelText(/^Pattern/)).toBeNull();
  await user.type(form.getByLabelText(/^Values/), '14 days\ntwo weeks');
  await user.selectOptions(form.getByLabelText('The answer contains'), 'ANY');
  await user.click(form.getByRole('button', { name: 'Add a scorer' }));
  await user.selectOptions(form.getByLabelText(/^Type of scorer 2/), 'numeric');
  await user.type(form.getByLabelText(/^Name of scorer 2/), 'total');
  await user.type(form.getByLabelText('Tolerance in % of the reference'), '1');
  await user.click(form.getByRole('button', { name: 'Add a scorer' }));
  await user.selectOptions(form.getByLabelText(/^Type of scorer 3/), 'json_schema');
  expect(await form.findByText('Give a schema: a JSON object.')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Remove scorer 3' }));
  await user.click(form.getByRole('checkbox', { name: /^Measure consistency/ }));
  await user.click(form.getByRole('button', { name: 'Publish the suite' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        scorers: [
          { type: 'contains', values: ['14 days', 'two weeks'], match: 'ANY' },
          { type: 'numeric', name: 'total', number: 'LAST', relative: 0.01 },
        ],
      },
    ]);
  expect(sent[0]).not.toHaveProperty('perturbations');
});

it('publishes a suite with a judge, a variant of any application', async () => {
  const { sent, handler } = taking('*/api/suites', world.suites[0], 201);
  const { user } = visit('/apps/mail-triage?do=suite', { but: [handler] });
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await user.selectOptions(form.getByLabelText(/^Type of scorer 1/), 'judge');
  expect(await form.findByText('Choose the variant that judges.')).toBeVisible();
  await user.type(form.getByLabelText(/^Name of scorer 1/), 'faithful');
  const judge = world.variants[1]?.variantDigest;
  await form.findByRole('option', { name: /^mail-triage · few-shot/ });
  await user.selectOptions(form.getByLabelText(/^Variant that judges/), judge ?? '');
  await user.click(form.getByRole('checkbox', { name: /^Measure consistency/ }));
  await user.click(form.getByRole('button', { name: 'Publish the suite' }));
  await expect.poll(() => sent).toMatchObject([{ scorers: [{ type: 'judge', name: 'faithful', variant: judge }] }]);
});

it('cancels a run', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/apps/mail-triage?tab=evaluations', {
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

it('requests the verdict of the phase a variant belongs to, under the criteria of its run', async () => {
  const { sent, handler } = taking('*/api/verdicts', world.verdicts[0]);
  const { user } = visit('/apps/mail-triage?do=verdict&run=run-3', { but: [handler] });
  const form = await dialog();
  expect(await form.findByText('Judged by version 1 of the criteria:')).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Request verdict' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        application: 'mail-triage',
        runId: 'run-3',
        criteriaDigest: world.criteria[0]?.criteriaDigest,
        kind: 'PHASE',
      },
    ]);
});

it('records a baseline and compares runs of one suite', async () => {
  const baseline = taking('*/api/baselines', world.baselines[0]);
  const comparison = taking('*/api/comparisons', world.comparisons[0]);
  const { user } = visit('/apps/mail-triage?tab=evaluations', { but: [baseline.handler, comparison.handler] });
  await user.click(await screen.findByRole('button', { name: 'Record few-shot as baseline' }));
  await user.click((await dialog()).getByRole('button', { name: 'Record baseline' }));
  await expect.poll(() => baseline.sent).toEqual([{ application: 'mail-triage', runId: 'run-2' }]);
  await user.click(await screen.findByRole('button', { name: 'Compare' }));
  const form = await dialog();
  await user.click(await form.findByRole('checkbox', { name: /^few-shot/ }));
  await user.click(form.getByRole('button', { name: 'Compare' }));
  await expect
    .poll(() => comparison.sent)
    .toEqual([{ application: 'mail-triage', baselineRunId: 'run-1', runIds: ['run-2'], seed: 7 }]);
});

it('marks a comparison of validation runs as exploration and lists the items that differ', async () => {
  const [finished] = world.comparisons;
  visit('/apps/mail-triage?tab=evaluations', {
    but: [only('*/api/comparisons', [{ ...finished, exploration: true }])],
  });
  expect(await screen.findByText('Exploration')).toBeVisible();
  expect(screen.getByText(/no planned verdict is used, and no gate opens/)).toBeVisible();
  const table = await screen.findByRole('table', { name: 'Items on which few-shot differs' });
  expect(table).toHaveTextContent('item-1');
  expect(table).toHaveTextContent('newsletter');
  expect(table).toHaveTextContent('→');
});

it('shows what a run does that has not ended', async () => {
  const [running] = world.runs.filter(({ state }) => state === 'RUNNING');
  const activity = 'No answer at present; the last error: 502 CUDA out of memory';
  visit('/apps/mail-triage?tab=evaluations', { but: [only('*/api/runs', [{ ...running, activity }])] });
  expect(await screen.findByText(activity)).toBeVisible();
});

it('says before and after that a suite is a sample of its subset', async () => {
  const [suite] = world.suites;
  const { user } = visit('/apps/mail-triage?do=suite', {
    but: [only('*/api/suites', [{ ...suite, subsetItems: 770 }])],
  });
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await user.clear(form.getByLabelText('Maximum items'));
  await user.type(form.getByLabelText('Maximum items'), '2');
  expect(await form.findByText(/^2 of \d[\d,]*, sampled/)).toBeVisible();
});

it('says why the latest comparison failed', async () => {
  const [finished] = world.comparisons;
  const reason = 'The comparison stopped with an error: Java heap space';
  visit('/apps/mail-triage?tab=evaluations', {
    but: [only('*/api/comparisons', [{ ...finished, state: 'FAILED', reason, deltas: [] }])],
  });
  expect(await screen.findByText(reason)).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Differences' })).toBeNull();
});

it('says which role is needed to a viewer', async () => {
  const { user } = visit('/apps/mail-triage?tab=evaluations', { as: world.vera });
  const measure = await screen.findByRole('button', { name: 'Evaluate a variant' });
  expect(measure).toHaveAttribute('aria-disabled', 'true');
  await user.hover(measure);
  expect(await screen.findByText(/Needs the role prompt-engineer or ml-engineer/)).toBeInTheDocument();
});

it('marks a verdict that opens nothing any more, and offers no release on it', async () => {
  const [passed] = world.verdicts;
  visit('/apps/mail-triage?tab=evaluations', {
    but: [
      only('*/api/verdicts', [
        { ...passed, verdictId: 'v-8', outcome: 'PASS', supersededBy: 'LATER_VERDICT' },
        { ...passed, verdictId: 'v-7', outcome: 'PASS', supersededBy: 'NEW_CRITERIA' },
      ]),
    ],
  });
  expect(await screen.findByText('Superseded by a later verdict')).toBeVisible();
  expect(screen.getByText('Under earlier criteria')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Request release of/ })).toBeNull();
});

it('says which verdict was issued because a price changed', async () => {
  const [passed] = world.verdicts;
  visit('/apps/mail-triage?tab=evaluations', {
    but: [only('*/api/verdicts', [{ ...passed, verdictId: 'v-9', outcome: 'FAIL', repricedVerdictId: 'v-8' }])],
  });
  expect(await screen.findByText('Judged again after a price changed')).toBeVisible();
});

it('names the servers that saw the items of a verdict, and who connected them', async () => {
  const [passed] = world.verdicts;
  const modelServers = [
    { connectionDigest: 'c-1', host: 'models.acme.example', connectedBy: 'ada' },
    { connectionDigest: 'c-2', host: null, connectedBy: null },
  ];
  visit('/apps/mail-triage?tab=evaluations', { but: [only('*/api/verdicts', [{ ...passed, modelServers }])] });
  expect(await screen.findByText(/Its items were sent to models\.acme\.example, connected by/)).toBeVisible();
  expect(screen.getByText('Its items were sent to a server whose address was not kept')).toBeVisible();
});

it('leaves to evaluation which verdict the gate looks at', async () => {
  const [passed] = world.verdicts;
  visit('/apps/mail-triage?tab=evaluations', {
    but: [
      only('*/api/verdicts', [
        { ...passed, verdictId: 'v-9', outcome: 'INCONCLUSIVE', kind: 'CANARY' },
        { ...passed, verdictId: 'v-8', outcome: 'PASS', criteriaDigest: 'not yet known here' },
      ]),
    ],
  });
  expect(await screen.findByRole('button', { name: /^Request release of/ })).toBeVisible();
  expect(screen.queryByText('Under earlier criteria')).toBeNull();
});

it('starts with a scorer that fits the dataset, and keeps one that somebody chose', () => {
  const chosen = [newScorer('tool_calls')];
  expect(startingScorers('CHAT', [newScorer('label')])).toEqual([newScorer('normalised')]);
  expect(startingScorers('CLASSIFICATION', [newScorer('normalised')])).toEqual([newScorer('label')]);
  expect(startingScorers('CHAT', chosen)).toBe(chosen);
});
