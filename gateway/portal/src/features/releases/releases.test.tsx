import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

it('requires a reason only against a failed verdict, and shows the refusal', async () => {
  const { user } = visit('/apps/mail-triage?tab=evaluations', {
    but: [
      http.post('*/api/releases', () =>
        problem(409, { title: 'The verdict failed', missing: ['accuracy .712 is below .850'] }),
      ),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Override the verdict on zero-shot' }));
  const form = await dialog();
  expect(await form.findByText('This verdict failed')).toBeVisible();
  await user.selectOptions(form.getByLabelText(/Variant/), form.getByRole('option', { name: /^fine-tuned/ }));
  expect(form.queryByLabelText('Reason for an override')).toBeNull();
  await user.click(form.getByRole('button', { name: 'Request release' }));
  expect(await form.findByRole('heading', { name: /The verdict failed/ })).toBeVisible();
});

it('refuses a canary share outside 0 to 99', async () => {
  const { user } = visit('/apps/mail-triage?do=release');
  const share = (await dialog()).getByLabelText('Canary share of the traffic, in percent');
  await user.clear(share);
  await user.type(share, '150');
  expect(share).toHaveAccessibleDescription(/^The canary share is a whole number from 0 to 99/);
});

it('shows what stands against the earlier release before it is rolled back to', async () => {
  const bodies: unknown[] = [];
  const active = { ...world.releases.find(({ state }) => state === 'ACTIVE'), previousReleaseId: 'r-0' };
  const { user } = visit('/apps/mail-triage?tab=releases', {
    as: world.sam,
    but: [
      http.get('*/api/releases', () =>
        HttpResponse.json({
          items: [active, world.releases.find(({ releaseId }) => releaseId === 'r-0')],
          nextPageToken: null,
          total: { value: 2, exact: true },
        }),
      ),
      http.post('*/api/releases/:releaseId/rollback', async ({ request }) => {
        bodies.push(await request.json());
        return bodies.length === 1
          ? problem(409, {
              type: '/problems/rollback-unacknowledged',
              title: 'Evidence stands against the earlier release',
              missing: ['verdict 7 of kind RELEASE is FAIL'],
            })
          : HttpResponse.json(active);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: /^Roll back/ }));
  const form = await dialog();
  expect(await form.findByText(/The traffic goes back to few-shot; its newest verdict is/)).toBeVisible();
  await user.type(form.getByLabelText(/Reason/), 'it is worse');
  await user.click(form.getByRole('button', { name: 'Roll back' }));
  expect(await form.findByText(/verdict 7 of kind RELEASE is FAIL/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Acknowledge and roll back' }));
  await vi.waitFor(() =>
    expect(bodies).toEqual([
      { reason: 'it is worse', acknowledge: false },
      { reason: 'it is worse', acknowledge: true },
    ]),
  );
});

it('shows how to call what is released', async () => {
  visit('/apps/mail-triage?tab=releases');
  expect(await screen.findByText(/chat\/completions/)).toHaveTextContent('"model": "app/mail-triage"');
});

const requested = (requester: string) => ({
  ...world.releases.find(({ releaseId }) => releaseId === 'r-0'),
  releaseId: 'r-9',
  state: 'REQUESTED',
  requester,
});

it('lets its requester withdraw a request, and nobody else', async () => {
  const { sent, handler } = taking('*/api/releases/r-9/withdraw', {}, 200);
  const { user } = visit('/apps/mail-triage?tab=releases', {
    but: [only('*/api/releases', [requested('subject-ada')]), handler],
  });
  await user.click(await screen.findByRole('button', { name: 'Withdraw few-shot in staging' }));
  const form = await dialog();
  expect(form.getByText(/Nobody can approve the request any longer/)).toBeVisible();
  await user.type(form.getByLabelText(/Reason/), 'the wrong variant');
  await user.click(form.getByRole('button', { name: 'Withdraw' }));
  await vi.waitFor(() => expect(sent).toEqual([{ reason: 'the wrong variant' }]));
});

it('offers nobody to withdraw the request of another', async () => {
  visit('/apps/mail-triage?tab=releases', { but: [only('*/api/releases', [requested('subject-max')])] });
  expect(await screen.findByText('waiting for approval')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Withdraw/ })).toBeNull();
});

it('shows a withdrawn request with its reason', async () => {
  const reason = 'withdrawn by its requester: the wrong variant';
  const withdrawn = { ...requested('subject-ada'), state: 'REJECTED', reason };
  visit('/apps/mail-triage?tab=releases', { but: [only('*/api/releases', [withdrawn])] });
  const row = (await screen.findByText('Rejected')).closest('tr');
  expect(row).toHaveTextContent(reason);
});

it('offers the environments that the application may use', async () => {
  const { sent, handler } = taking('*/api/releases', {}, 202);
  const { user } = visit('/apps/mail-triage?do=release', { but: [handler] });
  const form = await dialog();
  const environment = form.getByLabelText(/Environment/);
  expect(environment).toHaveValue('production');
  await user.selectOptions(environment, await form.findByRole('option', { name: 'staging' }));
  expect(
    within(environment)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual(['production', 'staging', 'development']);
  await user.click(form.getByRole('button', { name: 'Request release' }));
  await vi.waitFor(() => expect(sent).toEqual([expect.objectContaining({ environment: 'staging' })]));
});

it('preselects the first environment where the operator lists no production', async () => {
  const { sent, handler } = taking('*/api/releases', {}, 202);
  const { user } = visit('/apps/mail-triage?do=release', {
    but: [
      handler,
      http.get('*/api/releases/environments', () => HttpResponse.json({ environments: ['live', 'trial'] })),
    ],
  });
  const form = await dialog();
  await form.findByRole('option', { name: 'trial' });
  const environment = form.getByLabelText(/Environment/);
  expect(environment).toHaveValue('live');
  expect(within(environment).getAllByRole('option')).toHaveLength(2);
  await vi.waitFor(() => expect(form.getByLabelText(/^Variant/)).not.toHaveValue(''));
  await user.click(form.getByRole('button', { name: 'Request release' }));
  await vi.waitFor(() => expect(sent).toEqual([expect.objectContaining({ environment: 'live' })]));
});

it('opens no form from an address for a viewer', async () => {
  visit('/apps/mail-triage?tab=releases&do=release', { as: world.vera });
  expect(await screen.findByRole('table', { name: 'Releases' })).toBeVisible();
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('shows what callers said of a release by metric and arm, and where nobody has', async () => {
  visit('/apps/mail-triage?tab=releases');
  const table = await screen.findByRole('table', { name: 'Feedback by metric and arm' });
  const [canary, control] = within(table).getAllByRole('row').slice(1);
  expect(canary).toHaveTextContent('correctnesscanary8 of 1080.0 % (49.0 % to 94.3 %)0.850of 41');
  expect(control).toHaveTextContent('correctnesscontrol90 of 10090.0 % (82.6 % to 94.5 %)—3');
  expect(screen.getByRole('link', { name: 'All feedback on this release' })).toHaveAttribute(
    'href',
    '/feedback?application=mail-triage&releaseId=r-2',
  );
  expect(await screen.findByText(/Nobody has judged an answer of this release/)).toBeVisible();
});

it('shows who approved a release, with its entry of the ledger', async () => {
  const decided = { requestId: 'r-1', decision: 'APPROVED', decidedBy: 'subject-ben', policies: null };
  const byPolicy = { ...decided, requestId: 'r-2', decidedBy: 'system', policies: [{ policy: 'weekly', version: 2 }] };
  const rejected = { ...decided, requestId: 'r-0', decision: 'REJECTED' };
  const forged = { index: 3, warnings: ['NOT_AUTHENTIC'], payload: { ...decided, requestId: 'r-0' } };
  visit('/apps/mail-triage?tab=releases', {
    as: world.ben,
    but: [
      only('*/api/audit', [
        forged,
        ...[decided, byPolicy, rejected].map((payload, index) => ({ index, warnings: [], payload })),
      ]),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Releases' });
  expect(await within(table).findByText(/Ben Approver/)).toBeVisible();
  expect(within(table).getByRole('link', { name: 'entry 0' })).toHaveAttribute('href', '/audit?entry=0');
  expect(within(table).getByText(/policy weekly version 2/)).toBeVisible();
  expect(within(table).queryByRole('link', { name: 'entry 2' })).toBeNull();
  expect(within(table).queryByRole('link', { name: 'entry 3' })).toBeNull();
});
