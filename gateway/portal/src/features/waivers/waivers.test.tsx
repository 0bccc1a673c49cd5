import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, taking } from '../../../test/requests';

it('requests a waiver for a locked phase', async () => {
  const { sent, handler } = taking('*/api/applications/:name/waivers', world.waivers[0], 202);
  const { user } = visit('/apps/mail-triage?tab=waivers', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'Request a waiver' }));
  const form = await dialog();
  await user.type(form.getByLabelText(/Reason/), 'A bounded trial of it');
  await user.click(form.getByRole('button', { name: 'Request waiver' }));
  await expect.poll(() => sent).toEqual([{ phase: 'FINE_TUNING', reason: 'A bounded trial of it' }]);
});

it('shows further waivers on a page of their own', async () => {
  const [newest] = world.waivers;
  const { user, address } = visit('/apps/mail-triage?tab=waivers', {
    but: [
      http.get('*/api/applications/:name/waivers', ({ request }) => {
        const first = new URL(request.url).searchParams.get('pageToken') === null;
        return HttpResponse.json({
          items: [first ? newest : { ...newest, waiverId: 'w-0', reason: 'The first of all' }],
          nextPageToken: first ? 'older' : null,
          total: { value: 2, exact: true },
        });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Next page' }));
  expect(await screen.findByText('The first of all')).toBeVisible();
  expect(address()).toBe('/apps/mail-triage?tab=waivers&page=older');
});
