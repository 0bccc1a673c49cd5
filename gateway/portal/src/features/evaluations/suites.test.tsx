import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { only } from '../../../test/requests';
import { bestTrivial } from '@/shared/text/trivial';

it('shows what variants without any skill score over the suites of an application', async () => {
  visit('/apps/mail-triage?tab=evaluations');
  const table = within(await screen.findByRole('table', { name: 'Suites' }));
  expect(table.getByRole('row', { name: /mail-triage v1.*Exact match .705 always “personal”/ })).toBeVisible();
  expect(
    table.getByRole('row', { name: /Consistency 1\.000 always abstaining, 1\.000 always “personal”/ }),
  ).toBeVisible();
  expect(table.queryByRole('row', { name: /Latency/ })).toBeNull();
});

it('has the scores of an older suite computed', async () => {
  const [suite] = world.suites;
  const asked: string[] = [];
  const { user } = visit('/apps/mail-triage?tab=evaluations', {
    but: [
      only('*/api/suites', [{ ...suite, trivialScores: null }]),
      http.post('*/api/suites/:digest/trivial-scores', ({ params }) => {
        asked.push(String(params.digest));
        return json(suite);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Compute' }));
  await expect.poll(() => asked).toEqual([suite?.suiteDigest]);
});

it('takes the best score by the direction of the metric', () => {
  const variants = [
    { variant: 'ALWAYS_ABSTAINS', scores: { token_f1: 0.2, loss: 0.4 } },
    { variant: 'NEVER_ABSTAINS', scores: { token_f1: 0.1, loss: 0.3 } },
  ] as const;
  expect(bestTrivial('token_f1', 'AT_LEAST', [...variants])).toBe('.200 always abstaining');
  expect(bestTrivial('loss', 'AT_MOST', [...variants])).toBe('.300 never abstaining');
  expect(bestTrivial('recall_at_k', 'AT_LEAST', [...variants])).toBeUndefined();
});
