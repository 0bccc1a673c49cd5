import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { indexes } from '../../../test/mocks/models';
import { variants } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const table = (what: string) => screen.findByRole('table', { name: `Variants that use ${what}` });
const built = indexes.find(({ indexDigest }) => indexDigest != null);

it('shows on a prompt version which variants have it, and where they serve', async () => {
  visit('/prompts/mail-triage/versions/2');
  const [, ...rows] = within(await table('mail-triage v2')).getAllByRole('row');
  const row = within(rows.find((one) => one.textContent?.includes('fine-tuned')) ?? document.body);
  expect(row.getByRole('link', { name: 'mail-triage' })).toHaveAttribute('href', '/apps/mail-triage');
  expect(row.getByRole('link', { name: 'fine-tuned' })).toHaveAttribute('href', '/apps/mail-triage?tab=variants');
  expect(row.getByText('Prompt')).toBeVisible();
  expect(row.getByRole('link', { name: 'production' })).toHaveAttribute('href', '/apps/mail-triage?tab=releases');
  expect(row.getByText('Active')).toBeVisible();
});

it('shows on a model version the variants that only fall back on it, too', async () => {
  visit('/models/mail-head/versions/1');
  const [, ...rows] = within(await table('mail-head@1')).getAllByRole('row');
  expect(rows.map((row) => within(row).getAllByRole('cell')[2]?.textContent)).toEqual(['Model', 'Fallback 1']);
});

it('shows on the page of an index what uses it', async () => {
  let asked: URLSearchParams | undefined;
  visit(`/indexes/${built?.indexId ?? ''}`, {
    but: [
      http.get('*/api/variants', ({ request }) => {
        asked = new URL(request.url).searchParams;
        return json({ items: variants.slice(0, 1), nextPageToken: null });
      }),
    ],
  });
  expect(within(await table('mails')).getByText('Index')).toBeVisible();
  expect(asked?.get('indexDigest')).toBe(built?.indexDigest);
});

it('says that nothing uses a part', async () => {
  visit('/prompts/mail-triage/versions/2', { but: [http.get('*/api/variants', () => json({ items: [] }))] });
  expect(await screen.findByRole('heading', { name: 'Not used yet' })).toBeVisible();
});

it('fails by itself', async () => {
  visit('/prompts/mail-triage/versions/2', {
    but: [http.get('*/api/variants', () => problem(503, { title: 'inference is down' }))],
  });
  expect(await screen.findByText('inference is down')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Messages' })).toBeVisible();
});

it('goes on to the next page', async () => {
  const { user, address } = visit('/prompts/mail-triage/versions/2', {
    but: [
      http.get('*/api/variants', ({ request }) =>
        new URL(request.url).searchParams.get('pageToken') === 'more'
          ? json({ items: variants.slice(2, 3), nextPageToken: null })
          : json({ items: variants.slice(1, 2), nextPageToken: 'more' }),
      ),
    ],
  });
  await table('mail-triage v2');
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  expect(await screen.findByRole('link', { name: 'fine-tuned' })).toBeVisible();
  expect(address()).toBe('/prompts/mail-triage/versions/2?usedBy=more');
});
