import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { split } from '../../../test/mocks/datasets';
import { indexes } from '../../../test/mocks/models';
import { visit } from '../../../test/portal';

it('shows progress, and the reason of a failure', async () => {
  visit('/indexes');
  expect(within(await screen.findByRole('table', { name: 'Indexes' })).getByRole('progressbar')).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  expect(screen.getByText(/is not admitted to be indexed/)).toBeVisible();
});

it('builds from the training subset of the split that led here', async () => {
  let sent: unknown;
  const { user, address } = visit(`/indexes?build=mails/2/${split.splitDigest}`, {
    but: [
      http.post('*/api/indexes', async ({ request }) => {
        sent = await request.json();
        return json(indexes[0], 202);
      }),
    ],
  });
  const dialog = await screen.findByRole('dialog');
  await user.click(await within(dialog).findByRole('button', { name: 'Build from 1,200 rows' }));
  await expect.poll(address).toBe('/indexes');
  expect(sent).toEqual({
    name: 'mails',
    splitDigest: split.splitDigest,
    subset: 'train',
    encoder: 'local/bge-small-en-v1.5',
    maxTokens: 128,
  });
});

it('says what a dataset is missing', async () => {
  const { user } = visit('/indexes?build=new');
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByRole('option', { name: 'handbook' });
  await user.selectOptions(within(dialog).getByLabelText(/^Dataset/), 'handbook');
  expect(await within(dialog).findByText(/No version of handbook is admitted to index/)).toBeVisible();
});
