import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import * as world from '../../../test/mocks/world';
import { problem } from '../../../test/mocks/handlers';
import { visit } from '../../../test/portal';
import { questionSuite } from '../../../test/mocks/questions';
import { dialog, only, taking } from '../../../test/requests';
import { itemsFor, proposed } from './proposal';

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
  expect(form.getByLabelText(/^Suite/)).toHaveDisplayValue(/mail-triage v1 · 400 of test/);
  expect(form.getAllByRole('row')).toHaveLength(5);
  expect((await form.findAllByText('190 of 400')).length).toBeGreaterThan(0);
  for (const metric of ['Macro F1', 'Consistency', 'Latency p95'])
    await user.click(form.getByRole('button', { name: `Remove ${metric}` }));
  await user.clear(form.getByLabelText('Minimum sample size of Accuracy'));
  expect(form.getAllByText('Every row needs a threshold, an alternative and a minimum sample size.')).not.toHaveLength(
    0,
  );
  await user.type(form.getByLabelText('Minimum sample size of Accuracy'), '150');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  expect(await form.findByText('a second kind of metric besides TASK_QUALITY')).toBeVisible();
  expect(sent).toEqual([
    {
      purpose: 'RELEASE',
      suiteDigest: world.suites[0]?.suiteDigest,
      plannedVerdicts: 5,
      candidatesPerPhase: 3,
      criteria: [
        {
          metric: 'accuracy',
          kind: 'TASK_QUALITY',
          direction: 'AT_LEAST',
          threshold: 0.85,
          alternative: 0.93,
          power: 0.8,
          margin: 0.02,
          sampleSize: 150,
        },
      ],
    },
  ]);
});

it('takes the metrics from the suite, and none over rows by which candidates are chosen', async () => {
  const [suite] = world.suites;
  const plain = {
    ...suite,
    name: 'plain',
    suiteDigest: 'f'.repeat(64),
    items: 80,
    perturbedItems: 0,
    metrics: suite?.metrics.filter(({ metric }) => metric === 'accuracy' || metric === 'latency_p95_ms'),
  };
  const exploring = { ...suite, name: 'exploring', definition: { ...suite?.definition, subset: 'validation' } };
  visit('/apps/mail-triage?do=criteria', {
    but: [only('*/api/applications/:name/criteria', []), only('*/api/suites', [exploring, plain])],
  });
  const form = await dialog();
  expect(form.getByLabelText(/^Suite/)).toHaveDisplayValue('plain v1 · 80 of 400 test, sampled');
  expect(form.queryByRole('option', { name: /exploring/ })).toBeNull();
  expect(form.getAllByRole('row')).toHaveLength(3);
  expect(form.getByLabelText('Minimum sample size of Accuracy')).toHaveDisplayValue('80');
});

it('offers what a suite of questions measures, each with the direction in which it gets better', async () => {
  const { sent, handler } = taking('*/api/applications/:name/criteria', world.criteria[0], 201);
  const [suite] = world.suites;
  const test = { ...questionSuite, definition: { ...questionSuite.definition, subset: 'test' } };
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [only('*/api/applications/:name/criteria', []), only('*/api/suites', [test, suite]), handler],
  });
  const form = await dialog();
  await user.selectOptions(form.getByLabelText(/^Suite/), test.suiteDigest);
  await user.selectOptions(form.getByLabelText('Metric of row 1'), 'brier');
  const row = within(form.getByRole('row', { name: /Brier/ }));
  expect(row.getByText('≤')).toBeVisible();
  await user.clear(row.getByLabelText('Threshold of Brier score'));
  await user.type(row.getByLabelText('Threshold of Brier score'), '0.2');
  await user.clear(row.getByLabelText('Alternative of Brier score'));
  await user.type(row.getByLabelText('Alternative of Brier score'), '0.1');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  await expect.poll(() => sent).toMatchObject([{ criteria: [{ metric: 'brier', direction: 'AT_MOST' }, {}, {}, {}] }]);
});

it('proposes of a suite without labels its first metric of quality, on the items that it applies to', () => {
  const { metrics } = questionSuite;
  expect(proposed(questionSuite).map(({ metric, threshold }) => [metric, threshold])).toEqual([
    ['token_f1', ''],
    ['latency_p95_ms', '2000'],
  ]);
  expect(metrics.map(({ metric }) => itemsFor(metric, questionSuite))).toEqual([164, 132, 132, 32, 164, 164, 164]);
});

it('wants the value to be seen, and says what it is for', async () => {
  const { sent, handler } = taking('*/api/applications/:name/criteria', world.criteria[0], 201);
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [only('*/api/applications/:name/criteria', []), handler],
  });
  const form = await dialog();
  expect(form.getByText(/that you expect of a good variant/)).toBeVisible();
  await user.clear(form.getByLabelText('Alternative of Accuracy'));
  expect(form.getAllByText('Every row needs a threshold, an alternative and a minimum sample size.')).not.toHaveLength(
    0,
  );
  await user.type(form.getByLabelText('Alternative of Accuracy'), '0.95');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  await expect
    .poll(() => sent)
    .toMatchObject([{ criteria: [{ metric: 'accuracy', alternative: 0.95, power: 0.8 }, {}, {}, {}] }]);
});

it('shows beside each threshold what a trivial variant scores, and a refusal at its field', async () => {
  const detail = "must be above 0.705: a variant that always answers 'personal' has 0.705 of accuracy";
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [
      only('*/api/applications/:name/criteria', []),
      http.post('*/api/applications/:name/criteria', () =>
        problem(409, {
          type: '/problems/trivial-criteria',
          title: 'A variant without any skill meets the criteria',
          errors: [{ pointer: '/criteria/0/threshold', detail }],
        }),
      ),
    ],
  });
  const form = await dialog();
  expect(form.getByRole('row', { name: /Accuracy.*\.705 always “personal”/ })).toBeVisible();
  expect(form.getByRole('row', { name: /Consistency.*1\.000 always abstaining/ })).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  expect((await form.findAllByText(new RegExp(detail))).length).toBeGreaterThan(0);
});

it('names of the criteria in force those that a variant without any skill meets', async () => {
  visit('/apps/mail-triage');
  const table = within(await screen.findByRole('table', { name: 'Criteria' }));
  expect(await table.findByRole('row', { name: /Consistency.*1\.000 always “personal”/ })).toBeVisible();
  expect(table.getByRole('row', { name: /Accuracy.*≥ \.850 no / })).toBeVisible();
});

it('leads to a suite where there is none', async () => {
  visit('/apps/mail-triage?do=criteria', {
    but: [only('*/api/applications/:name/criteria', []), only('*/api/suites', [])],
  });
  expect(await (await dialog()).findByText('Publish a suite over test rows first.')).toBeVisible();
});

const looser = () =>
  problem(409, {
    type: '/problems/looser-criteria',
    title: 'Criteria that ask less than those in force need a second person',
    missing: ["a second person's approval that the threshold of accuracy is 0.8 instead of 0.85"],
  });

/** Asks for less than is in force, is refused, and goes on to the proposal. */
async function proposalAfterRefusal(user: ReturnType<typeof visit>['user']) {
  const form = await dialog();
  await user.clear(form.getByLabelText('Threshold of Accuracy'));
  await user.type(form.getByLabelText('Threshold of Accuracy'), '0.8');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  await user.click(await form.findByRole('button', { name: 'Propose them to a second person…' }));
  return within(await screen.findByRole('dialog', { name: 'Propose looser criteria' }));
}

it('offers to propose criteria that were refused as looser, and sends them with a reason', async () => {
  const { sent, handler } = taking('*/api/applications/:name/criteria-proposals', world.proposals[0], 202);
  const { user, address } = visit('/apps/mail-triage?do=criteria', {
    but: [http.post('*/api/applications/:name/criteria', looser), handler],
  });
  const proposal = await proposalAfterRefusal(user);
  expect(proposal.getByText('≥ .850 → ≥ .800')).toBeVisible();
  await user.type(proposal.getByLabelText(/Reason/), 'The labels are disputed');
  await user.click(proposal.getByRole('button', { name: 'Propose criteria' }));
  const [inForce] = world.criteria;
  await expect
    .poll(() => sent)
    .toEqual([
      {
        purpose: 'RELEASE',
        suiteDigest: inForce?.suiteDigest,
        plannedVerdicts: 5,
        candidatesPerPhase: 3,
        criteria: inForce?.criteria.map((one) => (one.metric === 'accuracy' ? { ...one, threshold: 0.8 } : one)),
        reason: 'The labels are disputed',
      },
    ]);
  await expect.poll(address).toBe('/apps/mail-triage?tab=phases');
});

it('leads back from a proposal to the criteria as they were typed', async () => {
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [http.post('*/api/applications/:name/criteria', looser)],
  });
  const proposal = await proposalAfterRefusal(user);
  await user.click(proposal.getByRole('button', { name: 'Cancel' }));
  expect(await (await dialog()).findByLabelText('Threshold of Accuracy')).toHaveDisplayValue('0.8');
});

it('offers no proposal where criteria were refused for another reason', async () => {
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [http.post('*/api/applications/:name/criteria', () => problem(409, { title: 'One kind of metric' }))],
  });
  const form = await dialog();
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  expect(await form.findByText('One kind of metric')).toBeVisible();
  expect(form.queryByRole('button', { name: /^Propose/ })).toBeNull();
});

it('lists proposals: what they change, why, by whom, and where they are decided', async () => {
  visit('/apps/mail-triage');
  const table = within(await screen.findByRole('table', { name: 'Proposals of looser criteria' }));
  const pending = within(await table.findByRole('row', { name: /Requested/ }));
  expect(pending.getByText('The labels of a tenth of the rows are disputed')).toBeVisible();
  expect(pending.getByText('≥ .850 → ≥ .800')).toBeVisible();
  expect(await pending.findByText('Ada Prompt (you)')).toBeVisible();
  expect(pending.getByRole('link', { name: 'waiting for approval' })).toHaveAttribute('href', '/approvals');
  const rejected = within(table.getByRole('row', { name: /Rejected/ }));
  expect(rejected.getByText('5 → 1')).toBeVisible();
  expect(rejected.getByRole('link', { name: 'decided' })).toHaveAttribute('href', '/approvals/a-6');
});

it('says how a proposal comes to be where there is none', async () => {
  visit('/apps/mail-triage', { but: [only('*/api/applications/:name/criteria-proposals', [])] });
  expect(await screen.findByText('No proposals')).toBeVisible();
});

it('shows further proposals on a page of their own', async () => {
  const [newest] = world.proposals;
  const { user } = visit('/apps/mail-triage', {
    but: [
      http.get('*/api/applications/:name/criteria-proposals', ({ request }) => {
        const first = new URL(request.url).searchParams.get('pageToken') === null;
        return HttpResponse.json({
          items: [first ? newest : { ...newest, proposalId: 'p-0', reason: 'The first of all' }],
          nextPageToken: first ? 'older' : null,
          total: { value: 2, exact: true },
        });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Next page' }));
  expect(await screen.findByText('The first of all')).toBeVisible();
});

it('shows that proposals could not be read, and the criteria all the same', async () => {
  visit('/apps/mail-triage', {
    but: [http.get('*/api/applications/:name/criteria-proposals', () => problem(500, { title: 'Proposals are lost' }))],
  });
  expect(await screen.findByText('Proposals are lost')).toBeVisible();
  expect(await screen.findByRole('table', { name: 'Criteria' })).toBeVisible();
});

it('goes on to propose criteria of refreshes, which one person alone does not register', async () => {
  const { sent, handler } = taking('*/api/applications/:name/criteria-proposals', world.proposals[0], 202);
  const alone = () =>
    problem(409, {
      type: '/problems/refresh-criteria',
      title: 'Criteria by which refreshes may need no person need a second person themselves',
    });
  const { user } = visit('/apps/mail-triage?do=criteria', {
    but: [http.post('*/api/applications/:name/criteria', alone), handler],
  });
  const form = await dialog();
  await user.selectOptions(form.getByLabelText(/^Apply to/), 'REFRESH');
  await user.click(form.getByRole('button', { name: 'Register criteria' }));
  await user.click(await form.findByRole('button', { name: 'Propose them to a second person…' }));
  const proposal = within(await screen.findByRole('dialog', { name: 'Propose criteria of refreshes' }));
  await user.type(proposal.getByLabelText(/Reason/), 'The pages change every week');
  await user.click(proposal.getByRole('button', { name: 'Propose criteria' }));
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ purpose: 'REFRESH', reason: 'The pages change every week' });
});

it('says how many test items releases take', async () => {
  const { user } = visit('/apps/mail-triage?tab=phases');
  await user.click(await screen.findByRole('button', { name: 'How many test items do releases need?' }));
  await user.click(await screen.findByRole('button', { name: 'Search' }));
  expect(await screen.findByText('570 test items: 3 sets of 190, with 2 planned verdicts on each.')).toBeVisible();
  expect(screen.getByText('Fewer items in total: 233 test items, with 5 planned verdicts on them.')).toBeVisible();
});
