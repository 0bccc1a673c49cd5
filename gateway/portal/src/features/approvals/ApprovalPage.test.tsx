import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { all, approvals, ben, vera } from '../../../test/mocks/world';
import { sessionBegan } from '@/shared/session/expiry';
import { visit } from '../../../test/portal';

it('does not let people approve what they asked for, and says why', async () => {
  const { user } = visit('/approvals/a-1', { as: all });
  const approve = await screen.findByRole('button', { name: 'Approve' });
  expect(approve).toHaveAttribute('aria-disabled', 'true');
  expect(approve).toHaveAccessibleDescription(/You asked for this yourself/);
  await user.click(approve);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('says which role decides', async () => {
  visit('/approvals/a-2', { as: vera });
  expect(await screen.findByText('Only people with the role approver decide.')).toBeVisible();
});

it('sends the decision with its reason and the write header', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/approvals/a-1', {
    as: ben,
    but: [
      http.post('*/api/approvals/a-1/decisions', async ({ request }) => {
        sent.push([request.headers.get('X-Plumbline'), await request.json()]);
        return HttpResponse.json({});
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toBeVisible();
  await user.keyboard('Measured and fair{Tab}{Enter}');
  await expect.poll(() => sent).toEqual([['1', { decision: 'APPROVED', reason: 'Measured and fair', subjectDigest: approvals[0]?.subjectDigest }]]);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('asks for the reason before anything is sent', async () => {
  const { user } = visit('/approvals/a-2', { as: ben });
  await user.click(await screen.findByRole('button', { name: 'Reject' }));
  await user.click(await screen.findByRole('button', { name: 'Reject' }));
  expect(await screen.findByText(/Say why/)).toBeVisible();
});

it('keeps the reason when the session ends before it is sent', async () => {
  const { user, unmount } = visit('/approvals/a-1', {
    as: ben,
    but: [http.post('*/api/approvals/a-1/decisions', () => problem(401, { title: 'Signed out' }))],
  });
  await user.click(await screen.findByRole('button', { name: 'Approve' }));
  await user.type(await screen.findByLabelText(/Reason/), 'Measured and fair');
  await user.keyboard('{Tab}{Enter}');
  expect(await screen.findByText('Your session has ended')).toBeVisible();
  expect(screen.getByText('Sign in again', { selector: 'a *, a' }).closest('a')).toHaveAttribute('href', expect.stringContaining('/oauth2/authorization/keycloak?return='));
  // A new page after sign-in.
  unmount();
  sessionBegan();

  const { user: again } = visit('/approvals/a-1', { as: ben });
  await again.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(await screen.findByLabelText(/Reason/)).toHaveValue('Measured and fair');
});
