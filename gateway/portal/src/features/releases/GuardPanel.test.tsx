import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { guards, releases, sam, verdicts } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const [watching] = guards;

const row = (table: HTMLElement, first: string) =>
  within(table)
    .getAllByRole('row')
    .find((one) => one.textContent.startsWith(first)) ?? document.body;

it('shows what the guard of a canary counts, its rule, and that it has not decided', async () => {
  visit('/apps/mail-triage?tab=releases');
  expect(await screen.findByRole('heading', { name: 'Guard of zero-shot in production Running' })).toBeVisible();
  const arms = screen.getByRole('table', { name: 'Arms of the canary' });
  expect(row(arms, 'Calls answered')).toHaveTextContent('20 % to the canary11820.3 %46279.7 %');
  expect(row(arms, 'Abstained')).toHaveTextContent('6 of 1185.1 %0 of 4620.0 %');
  expect(row(arms, 'Errors')).toHaveTextContent('3 of 1182.5 %9 of 4621.9 %0.42 of 40');
  expect(row(arms, 'Answers judged wrong')).toHaveTextContent('6.3 of 40too few yet: needs 10 per arm');
  expect(screen.getByText(/A canary that is no worse is halted with a probability of at most 5 %/)).toBeVisible();
  expect(screen.getByText(/The guard can only halt/)).toBeVisible();
  expect(screen.getByText(/97 of 500 registered answers compared/)).toBeVisible();
});

it('says that a comparison lacks callers', async () => {
  const missingCallers = "Too few callers: 118 of the candidate's 118 compared answers are of one group of callers.";
  visit('/apps/mail-triage?tab=releases', {
    but: [http.get('*/api/guards', () => pageOf([{ ...watching, comparedAnswers: 0, missingCallers }]))],
  });
  expect(await screen.findByText(missingCallers)).toBeVisible();
});

it('promotes a canary without its evidence for a reason that is recorded', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/apps/mail-triage?tab=releases', {
    as: sam,
    but: [
      http.post('*/api/releases/r-2/promote', async ({ request }) => {
        sent.push(await request.json());
        return sent.length === 1
          ? problem(409, { type: '/problems/canary-evidence', title: 'The canary lacks its evidence' })
          : json(releases[0]);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Promote zero-shot in production' }));
  const form = within(await screen.findByRole('dialog'));
  await user.type(form.getByLabelText(/Reason/), 'The former model is shut down');
  await user.click(form.getByRole('button', { name: 'Promote' }));
  await user.click(await form.findByRole('button', { name: 'Promote without it' }));
  const reason = 'The former model is shut down';
  await expect.poll(() => sent).toEqual([{ reason }, { reason, override: reason }]);
});

it('shows why a guard halted a canary that runs no more', async () => {
  const verdictId = 'v-9';
  const reason =
    "The candidate's error rate is 0.417 (25 of 60), the control's 0.050 (3 of 60): " +
    'worse, with evidence 312.4 where 40.0 is enough';
  visit('/apps/mail-triage?tab=releases', {
    but: [
      http.get('*/api/releases', () =>
        pageOf(releases.map((release) => (release.state === 'CANARY' ? { ...release, state: 'HALTED' } : release))),
      ),
      http.get('*/api/guards', () => pageOf([{ ...watching, state: 'FAILED', verdictId, sampleRatioMismatch: true }])),
      http.get('*/api/verdicts', () =>
        pageOf([{ ...verdicts[0], verdictId, kind: 'CANARY', outcome: 'FAIL', reasons: [reason] }]),
      ),
    ],
  });
  expect(await screen.findByText('Halted: harm detected', { exact: false })).toBeVisible();
  expect(await screen.findByText(reason)).toBeVisible();
  expect(screen.getByText(/Sample ratio mismatch between the arms/)).toBeVisible();
});

it('still shows the releases when evaluation is down', async () => {
  visit('/apps/mail-triage?tab=releases', {
    but: [http.get('*/api/guards', () => problem(503, { title: 'Evaluation is down' }))],
  });
  expect(await screen.findByText('Evaluation is down', { exact: false })).toBeVisible();
  expect(screen.getByRole('table', { name: 'Releases' })).toBeVisible();
});

it('shows no guard where there never was a canary', async () => {
  visit('/apps/mail-triage?tab=releases', {
    but: [
      http.get('*/api/releases', () => pageOf(releases.filter(({ state }) => state === 'ACTIVE'))),
      http.get('*/api/guards', () => pageOf([])),
    ],
  });
  expect(await screen.findByRole('table', { name: 'Releases' })).toBeVisible();
  expect(screen.queryByText(/^Guard of/)).not.toBeInTheDocument();
});
