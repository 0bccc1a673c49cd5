import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../../test/mocks/answers';
import * as world from '../../../../test/mocks/world';
import { visit } from '../../../../test/portal';
import { only } from '../../../../test/requests';

const costs: Record<string, number> = { 'run-1': 0, 'run-2': 0.4, 'run-3': 0.1 };
const [suite] = world.suites;
const losses = world.runs.map((run) => ({
  ...run,
  metrics: {
    ...run.metrics,
    ...(run.metrics['accuracy'] && {
      brier: { ...run.metrics['accuracy'], value: 1 - run.metrics['accuracy'].value },
      cost_per_1000_usd: { value: costs[run.runId] ?? 0, observations: 400 },
    }),
  },
}));
const priced = [
  only('*/api/runs', losses),
  only('*/api/suites', [
    {
      ...suite,
      metrics: [...(suite?.metrics ?? []), { metric: 'brier', kind: 'TASK_QUALITY', direction: 'AT_MOST', largest: 1 }],
    },
  ]),
];

const rows = async (name: string) => {
  const [, ...all] = within(await screen.findByRole('table', { name })).getAllByRole('row');
  return all.map((row) => row.textContent);
};

it('marks the variants that none is better than in both, and says what dominates the others', async () => {
  const { user, address } = visit('/apps/mail-triage?tab=evaluations&metric=accuracy', { but: priced });
  expect(
    await screen.findByRole('img', { name: 'Accuracy over cost per 1,000 of 3 variants, 2 not dominated' }),
  ).toBeVisible();
  const name = 'Accuracy against cost and latency';
  await screen.findByText('Dominated by fine-tuned');
  expect(await rows(name)).toEqual([
    '1fine-tuned.943.915 … .962$0.1039.0 msNot dominated',
    '2few-shot.868.831 … .898$0.4044.0 msDominated by fine-tuned',
    '3zero-shot.712.666 … .755$0.031.0 msNot dominated',
  ]);
  await user.selectOptions(screen.getByLabelText('Against'), 'latency');
  expect(await screen.findByRole('img', { name: /^Accuracy over latency p95 of 3 variants/ })).toBeVisible();
  expect(address()).toBe('/apps/mail-triage?tab=evaluations&metric=accuracy&against=latency');
});

it('takes from the suite that a loss is better when it is lower', async () => {
  visit('/apps/mail-triage?tab=evaluations&metric=brier', { but: priced });
  expect(
    await screen.findByRole('img', { name: 'Brier score over cost per 1,000 of 3 variants, 2 not dominated' }),
  ).toBeVisible();
  expect(screen.getByText('Brier score, lower is better:')).toBeVisible();
});

it('says what is missing where no model has a price', async () => {
  visit('/apps/mail-triage?tab=evaluations&metric=accuracy&against=cost');
  expect(
    await screen.findByText('No variant has been measured by cost per 1,000: list a price for their models.'),
  ).toBeVisible();
  expect(screen.getAllByText('not measured')).toHaveLength(3);
});

it('says that older runs are left out where there are any', async () => {
  const runs = (nextPageToken: string | null) =>
    http.get('*/api/runs', () => json({ items: losses, nextPageToken, total: { value: 5, exact: true } }));
  const address = '/apps/mail-triage?tab=evaluations&metric=accuracy';
  const { unmount } = visit(address, { but: [runs('older')] });
  const newest = /^The newest run of each variant over the suite, among the newest 5 runs of the application\./;
  expect(await screen.findByText(newest)).toBeVisible();
  unmount();
  visit(address, { but: [runs(null)] });
  expect(await screen.findByText(/^The newest run of each variant over the suite\./)).toBeVisible();
});

it('weighs nothing before two variants have been measured over one suite', async () => {
  visit('/apps/mail-triage?tab=evaluations', { but: [only('*/api/runs', world.runs.slice(0, 3))] });
  expect(await screen.findByRole('heading', { name: 'Latest comparison' })).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Quality against cost and latency' })).toBeNull();
});
