import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { ada, releases, sam } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

it('shows the missing evidence of a phase, and the receipt of the criteria', async () => {
  visit('/apps/mail-triage');
  expect(await screen.findByText(/A verdict that retrieval misses/)).toBeVisible();
  expect(screen.getByText(/has not been judged on enough items. Missing:/)).toBeVisible();
  expect(await screen.findByRole('link', { name: 'entry 2' })).toHaveAttribute('href', '/audit?entry=2');
});

it('says once that an application does not exist', async () => {
  visit('/apps/nope', {
    but: [
      http.get('*/api/applications/nope', () => problem(404, { title: 'Not found', detail: 'Nothing was found.' })),
      http.get('*/api/applications/nope/*', () => problem(404, { title: 'Not found', detail: 'Nothing was found.' })),
    ],
  });
  expect(await screen.findByText('Nothing was found.')).toBeVisible();
  expect(screen.queryByText('This has the same problem as another part of this page.')).toBeNull();
  expect(screen.queryByRole('tab')).toBeNull();
});

it('draws each variant with interval and limit, and keeps the metric in the address', async () => {
  const { user, address } = visit('/apps/mail-triage?tab=variants');
  expect(await screen.findByRole('img', { name: '.868, interval .831 to .898, limit .850' })).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Metric'), 'Latency p95 (criterion)');
  expect(await screen.findByRole('img', { name: '31.0 ms, no interval, limit 120 ms' })).toBeVisible();
  expect(address()).toBe('/apps/mail-triage?tab=variants&metric=latency_p95_ms');
});

it('shows the version of a suite', async () => {
  visit('/apps/mail-triage?tab=evaluations');
  const table = within(await screen.findByRole('table', { name: 'Runs' }));
  expect((await table.findAllByText('mail-triage v1')).length).toBeGreaterThan(0);
});

it('halts a canary with a reason', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/apps/mail-triage?tab=releases', {
    as: sam,
    but: [
      http.post('*/api/releases/:id/:action', async ({ params, request }) => {
        sent.push({ ...params, ...((await request.json()) as object) });
        return HttpResponse.json({}, { status: 202 });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Halt zero-shot in production' }));
  await user.type(await screen.findByLabelText(/Reason/), 'Errors rise');
  await user.click(screen.getByRole('button', { name: 'Halt' }));
  await expect.poll(() => sent).toMatchObject([{ id: 'r-2', action: 'halt', reason: 'Errors rise' }]);
});

it('shows how traffic is divided between the active release and the canary', async () => {
  visit('/apps/mail-triage?tab=releases', { as: sam });
  const releases = within(await screen.findByRole('table', { name: 'Releases' }));
  const [trial, active] = [releases.getByText('Canary').closest('tr'), releases.getByText('Active').closest('tr')];
  expect(trial).toHaveTextContent('20 %');
  expect(active).toHaveTextContent('80 %');
});

it('does not offer a rollback of the first release of an environment, and says why', async () => {
  const first = { ...releases.find(({ state }) => state === 'ACTIVE'), previousReleaseId: null };
  visit('/apps/mail-triage?tab=releases', {
    as: sam,
    but: [
      http.get('*/api/releases', () =>
        HttpResponse.json({ items: [first], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
    ],
  });
  expect(await screen.findByRole('button', { name: /^Roll back/ })).toHaveAttribute('aria-disabled', 'true');
});

it('offers release actions only to the role sre', async () => {
  visit('/apps/mail-triage?tab=releases', { as: ada });
  expect(await screen.findByText('zero-shot')).toBeVisible();
  expect(screen.queryByRole('button', { name: /^Halt|^Promote|^Roll back/ })).not.toBeInTheDocument();
});

it('shows the problem of the service for an unknown application', async () => {
  visit('/apps/nobody');
  expect(await screen.findByText(/Nothing of this name is in the workspace/)).toBeVisible();
});

it('still shows the variants when their metrics are unavailable', async () => {
  visit('/apps/mail-triage?tab=variants', {
    but: [http.get('*/api/runs', () => problem(503, { title: 'Evaluation is down' }))],
  });
  expect(await screen.findByText('few-shot')).toBeVisible();
  expect(await screen.findByText(/Evaluation is down/)).toBeVisible();
});
