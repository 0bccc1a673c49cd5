import { http } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { visit } from '../../../test/portal';
import { dialog, only } from '../../../test/requests';

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
  await user.clear(form.getByLabelText('Minimum sample size of Accuracy'));
  expect(form.getAllByText('Every row needs a threshold and a minimum sample size.')).not.toHaveLength(0);
  await user.type(form.getByLabelText('Minimum sample size of Accuracy'), '150');
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
