import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { prompts } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const eve = '0190a000-0000-7000-8000-000000000109';
const gone = '0190a000-0000-7000-8000-0000000001ab';

const moves = (requester: string) =>
  http.get('*/api/prompts/:name/label-moves', () =>
    HttpResponse.json({
      items: [1, 2].map((to) => ({
        moveId: `m-${to}`,
        label: 'staging',
        to,
        state: 'MOVED',
        author: eve,
        digest: 'd',
        requester,
        requestedAt: '2026-11-24T10:15:00Z',
      })),
      nextPageToken: null,
      total: { value: 2, exact: true },
    }),
  );

/** The cells that say who requested, once the table is there. */
async function askers(): Promise<HTMLElement[]> {
  const table = await screen.findByRole('table', { name: 'Moves' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.querySelector<HTMLElement>('[data-label="Asked by"]') ?? row);
}

it('names colleagues, and requests each name once however often it is shown', async () => {
  const requested: string[] = [];
  visit(`/prompts/${prompts[0]?.name}?tab=labels`, {
    but: [
      moves(eve),
      http.get('*/api/people/:actor', ({ params }) => {
        requested.push(String(params['actor']));
        return HttpResponse.json({ actor: eve, name: 'Eve Writer', username: 'eve', service: false });
      }),
    ],
  });
  const cells = await askers();
  for (const cell of cells) expect(await within(cell).findByText('Eve Writer')).toHaveAttribute('title', eve);
  expect(requested).toEqual([eve]);
});

it.each([
  ['who is not known', () => problem(404, { title: 'There is no such resource' })],
  ['whose name cannot be had now', () => problem(503, { title: 'The service cannot answer at the moment' })],
])('shows the end of the id of somebody %s', async (_why, answer) => {
  const requested: string[] = [];
  visit(`/prompts/${prompts[0]?.name}?tab=labels`, {
    but: [
      moves(gone),
      http.get('*/api/people/:actor', ({ params }) => {
        requested.push(String(params['actor']));
        return answer();
      }),
    ],
  });
  const [cell] = await askers();
  await expect.poll(() => requested).toEqual([gone]);
  expect(within(cell as HTMLElement).getByText('…000001ab')).toHaveAttribute('title', gone);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('marks a service as one', async () => {
  visit(`/prompts/${prompts[0]?.name}?tab=labels`, { but: [moves('0190a000-0000-7000-8000-0000000001f1')] });
  const [cell] = await askers();
  expect(await within(cell as HTMLElement).findByText('service')).toBeVisible();
  expect(cell).toHaveTextContent('evaluation service');
});
