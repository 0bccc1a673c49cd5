import { screen, waitFor, within } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { policyVersions } from '../../../test/mocks/governance';
import { problem } from '../../../test/mocks/handlers';
import { all, approvals, ben, vera } from '../../../test/mocks/world';
import { sessionStarted } from '@/shared/session/expiry';
import { visit } from '../../../test/portal';
import { only } from '../../../test/requests';

it('does not let people approve what they change for, and says why', async () => {
  const { user } = visit('/approvals/a-1', { as: all });
  const approve = await screen.findByRole('button', { name: 'Approve' });
  expect(approve).toHaveAttribute('aria-disabled', 'true');
  expect(approve).toHaveAccessibleDescription(/You requested this yourself/);
  await user.click(approve);
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('lets an author approve a release together with another one, where a policy allows it', async () => {
  const own = { ...approvals[0], own: true };
  const show = (target: string) =>
    visit('/approvals/a-1', {
      as: ben,
      but: [
        http.get('*/api/approvals/a-1', () => HttpResponse.json(own)),
        http.get('*/api/policies', () =>
          HttpResponse.json({ items: [{ ...policyVersions[0], target, active: true }] }),
        ),
      ],
    });
  const { unmount } = show('approval');
  expect(await screen.findByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(/another person must/);
  unmount();

  show('author-approval');
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(/author of another part/),
  );
  expect(screen.getByRole('button', { name: 'Approve' })).not.toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByRole('button', { name: 'Reject' })).toHaveAttribute('aria-disabled', 'true');
});

it('lets authors approve together only what they are authors of', async () => {
  const own = { ...approvals[0], own: true };
  const requested = { ...approvals[0], approvalId: 'a-9', requester: ben.subject };
  const { goTo } = visit('/approvals/a-1', {
    as: ben,
    but: [
      http.get('*/api/approvals/a-1', () => HttpResponse.json(own)),
      http.get('*/api/approvals/a-9', () => HttpResponse.json(requested)),
      http.get('*/api/policies', () =>
        HttpResponse.json({ items: [{ ...policyVersions[0], target: 'author-approval', active: true }] }),
      ),
    ],
  });
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(/author of another part/),
  );

  await goTo('/approvals/a-9');
  await waitFor(() =>
    expect(screen.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription(/You requested this yourself/),
  );
  expect(screen.getByRole('button', { name: 'Approve' })).toHaveAttribute('aria-disabled', 'true');
});

it('says which role decides', async () => {
  visit('/approvals/a-2', { as: vera });
  expect(await screen.findByText('Only people with the role approver can decide.')).toBeVisible();
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
  await expect
    .poll(() => sent)
    .toEqual([
      ['1', { decision: 'APPROVED', reason: 'Measured and fair', subjectDigest: approvals[0]?.subjectDigest }],
    ]);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('requires the reason before anything is sent', async () => {
  const { user } = visit('/approvals/a-2', { as: ben });
  await user.click(await screen.findByRole('button', { name: 'Reject' }));
  await user.click(await screen.findByRole('button', { name: 'Reject' }));
  expect(await screen.findByText(/Enter a reason/)).toBeVisible();
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
  expect(screen.getByText('Sign in again', { selector: 'a *, a' }).closest('a')).toHaveAttribute(
    'href',
    expect.stringContaining('/oauth2/authorization/keycloak?return='),
  );
  // A new page after sign-in.
  unmount();
  sessionStarted();

  const { user: again } = visit('/approvals/a-1', { as: ben });
  await again.click(await screen.findByRole('button', { name: 'Approve' }));
  expect(await screen.findByLabelText(/Reason/)).toHaveValue('Measured and fair');
});

it('shows what would be released, what it replaces, and its verdict', async () => {
  visit('/approvals/a-1', { as: ben });
  expect(
    await screen.findByRole('heading', {
      level: 1,
      name: 'Release of mail-triage to production, 20% canary at first, overriding its verdict',
    }),
  ).toBeVisible();
  const links: [name: string, address: string][] = [
    ['mail-triage', '/apps/mail-triage'],
    ['zero-shot', '/apps/mail-triage?tab=variants'],
    ['fine-tuned', '/apps/mail-triage?tab=variants'],
    ['mail-triage v1', '/prompts/mail-triage/versions/1'],
    ['its run', '/runs/run-1'],
  ];
  for (const [name, address] of links)
    expect(await screen.findByRole('link', { name })).toHaveAttribute('href', address);
  expect(screen.getByText('accuracy .712 is below .850')).toBeVisible();
});

it('says that a release without a canary serves all calls', async () => {
  const [release] = approvals;
  visit('/approvals/a-1', {
    as: ben,
    but: [
      http.get('*/api/approvals/a-1', () =>
        HttpResponse.json({ ...release, request: { ...release?.request, canaryPercent: 0, override: null } }),
      ),
    ],
  });
  expect(await screen.findByRole('heading', { level: 1, name: 'Release of mail-triage to production' })).toBeVisible();
  expect(screen.getByText(/for all calls at once/)).toBeVisible();
});

it('shows ids where the service with the names is down', async () => {
  const down = () => problem(503, { title: 'The service is down' });
  visit('/approvals/a-1', {
    as: ben,
    but: [http.get('*/api/variants/:digest', down), http.get('*/api/verdicts/:id', down)],
  });
  expect(await screen.findByText('v-1')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Approve' })).not.toHaveAttribute('aria-disabled', 'true');
});

it('links a label move to the comparison of its two versions', async () => {
  visit('/approvals/a-2', { as: ben });
  expect(await screen.findByRole('link', { name: 'compare v3 with v4' })).toHaveAttribute(
    'href',
    '/prompts/ticket-routing/compare?from=3&to=4',
  );
  expect(await screen.findAllByText('Eve Writer')).toHaveLength(2);
});

it('says in words what looser criteria would change, and why', async () => {
  visit('/approvals/a-5', { as: ben });
  expect(
    await screen.findByRole('heading', { level: 1, name: 'Looser criteria for mail-triage, as version 2' }),
  ).toBeVisible();
  expect(screen.getByText('the threshold of accuracy is 0.8 instead of 0.85')).toBeVisible();
  expect(await screen.findByText('≥ .850 → ≥ .800')).toBeVisible();
  expect(screen.getByText('The labels of a tenth of the rows are disputed')).toBeVisible();
});

it('shows what looser criteria ask less of where strategy is down', async () => {
  visit('/approvals/a-5', {
    as: ben,
    but: [http.get('*/api/applications/:name/criteria', () => problem(503, { title: 'The service is down' }))],
  });
  expect(await screen.findByText('the threshold of accuracy is 0.8 instead of 0.85')).toBeVisible();
  expect(screen.queryByText('≥ .850 → ≥ .800')).toBeNull();
});

it('lists what expired', async () => {
  const { user, address } = visit('/approvals', { as: ben });
  await user.click(await screen.findByRole('button', { name: 'Expired' }));
  expect(address()).toBe('/approvals?state=expired');
  const table = await screen.findByRole('table', { name: 'Approvals' });
  expect(within(table).getByRole('link', { name: 'Alias champion of mail-head to v2' })).toBeVisible();
});

/** The first request, as that of a refresh of documents. */
function refreshed(more: Partial<(typeof approvals)[number]>) {
  const [release] = approvals;
  const refresh = { dataset: 'help-pages', formerVersion: 2, version: 3, criticality: 'LOW' };
  return http.get('*/api/approvals/a-1', () =>
    HttpResponse.json({ ...release, request: { ...release?.request, refresh, override: undefined }, ...more }),
  );
}

it('says by which policy a refresh was decided, and what it changes', async () => {
  visit('/approvals/a-1', {
    as: ben,
    but: [
      refreshed({
        state: 'APPROVED',
        decidedBy: 'system',
        decidedAt: '2026-11-25T01:10:01Z',
        reason: 'by policy weekly version 2',
        policies: [{ policy: 'weekly', version: 2, policyDigest: 'ab'.repeat(32) }],
      }),
    ],
  });
  expect(await screen.findByRole('heading', { level: 1, name: /^Refresh of mail-triage in production/ })).toBeVisible();
  expect(await screen.findByText('policy weekly version 2', { selector: 'dd *, dd' })).toBeVisible();
  expect(screen.getByText(/version 2 to version 3/)).toBeVisible();
});

it('says which rules leave a refresh to a person', async () => {
  visit('/approvals/a-1', {
    as: ben,
    but: [refreshed({ policyRefusals: ['policy weekly version 2: Only on Mondays.'] })],
  });
  expect(await screen.findByText('Needs a person because')).toBeVisible();
  expect(screen.getByText('policy weekly version 2: Only on Mondays.')).toBeVisible();
});

const cells = async (table: string) => {
  const [, ...rows] = within(await screen.findByRole('table', { name: table })).getAllByRole('row');
  return rows.map((row) =>
    within(row)
      .getAllByRole('cell')
      .map((cell) => cell.textContent),
  );
};

it('compares a release with what it replaces, by criterion, cost and latency', async () => {
  visit('/approvals/a-1', { as: ben });
  await screen.findByText('−.231, clearly worse');
  expect(await cells('Before and after')).toEqual([
    ['Accuracy', '≥ .850', '.943.915 … .962', '.712.666 … .755', '−.231, clearly worse'],
    ['Latency p95', '—', '39.0 ms37.0 ms … 43.0 ms', '31.0 ms', '−8.0 ms'],
  ]);
  expect(screen.getByRole('link', { name: 'the newest run of the variant to replace' })).toHaveAttribute(
    'href',
    '/runs/run-3',
  );
});

it('shows the figures of a first release alone', async () => {
  const [release] = approvals;
  visit('/approvals/a-1', {
    as: ben,
    but: [
      http.get('*/api/approvals/a-1', () =>
        HttpResponse.json({ ...release, request: { ...release?.request, previousVariantDigest: undefined } }),
      ),
    ],
  });
  expect(await cells('Before and after')).toEqual([
    ['Accuracy', '≥ .850', '.712.666 … .755'],
    ['Latency p95', '—', '31.0 ms'],
  ]);
  expect(screen.queryByText(/not evaluated over this suite/)).toBeNull();
});

it('says that the variant to replace was not evaluated over the suite', async () => {
  visit('/approvals/a-1', { as: ben, but: [only('*/api/runs', [])] });
  expect(await screen.findByText(/^The variant to replace was not evaluated over this suite\./)).toBeVisible();
});

it('says that an earlier run of the variant to replace may be missing from the list', async () => {
  const runs = { items: [], nextPageToken: 'next', total: { value: 101, exact: true } };
  visit('/approvals/a-1', { as: ben, but: [http.get('*/api/runs', () => HttpResponse.json(runs))] });
  expect(
    await screen.findByText(/^No run of the variant to replace over this suite is among the newest/),
  ).toBeVisible();
  expect(screen.queryByText(/not evaluated over this suite/)).toBeNull();
});

it('says nothing of the variant to replace while its runs cannot be read', async () => {
  visit('/approvals/a-1', {
    as: ben,
    but: [http.get('*/api/runs', () => problem(500, { title: 'The runs cannot be read' }))],
  });
  expect(await screen.findByText('The runs cannot be read')).toBeVisible();
  expect(screen.queryByText(/not evaluated over this suite/)).toBeNull();
});

it('does not deny an admission while the datasheet loads', async () => {
  visit('/approvals/a-1', { as: ben, but: [http.get('*/versions/:number/datasheet', () => delay('infinite'))] });
  expect(await cells('Data of the variant')).toEqual([['mails v2', '…', '…', '…', '…']]);
});

it('says that a datasheet cannot be read, and does not deny an admission', async () => {
  visit('/approvals/a-1', {
    as: ben,
    but: [http.get('*/versions/:number/datasheet', () => problem(500, { title: 'Broken' }))],
  });
  expect(await screen.findAllByText('not readable')).toHaveLength(4);
  expect(screen.queryByText('none')).toBeNull();
});

it('says that the open risks are unknown where the variant cannot be read', async () => {
  visit('/approvals/a-1', {
    as: ben,
    but: [http.get('*/api/variants/:digest', () => problem(500, { title: 'The variant cannot be read' }))],
  });
  const risks = (await screen.findByRole('heading', { name: 'Open risks' })).parentElement?.parentElement
    ?.parentElement;
  await waitFor(() => expect(risks).toHaveTextContent('The variant cannot be read'));
});

it('shows the data of a release with licence, findings and admission, and the open risks', async () => {
  visit('/approvals/a-1', { as: ben });
  await screen.findByText('CC0-1.0');
  expect(await cells('Data of the variant')).toEqual([
    ['mails v2', 'CC0-1.0', 'Published by their recipients', 'none found, after masking', 'Passtrain, index, evaluate'],
  ]);
  const risk = await screen.findByRole('link', { name: 'Personal data or secrets reach a model or its answers' });
  expect(risk).toHaveAttribute('href', '/risks/privacy');
  expect(risk.closest('li')).toHaveTextContent('Medium · 8');
});

it('shows the open risks of the phase that a waiver opens', async () => {
  visit('/approvals/a-3', { as: ben });
  expect(await screen.findByRole('heading', { name: 'Open risks' })).toBeVisible();
});

it('links the entries of the ledger with a request and its decision', async () => {
  visit('/approvals/a-3', {
    as: ben,
    but: [
      http.get('*/api/audit', ({ request }) => {
        const { searchParams } = new URL(request.url);
        if (searchParams.get('type') === 'approval.decided')
          return listed({ index: 7, eventId: 'decision', roles: ['approver'] });
        expect(Object.fromEntries(searchParams)).toEqual({
          type: 'waiver.requested',
          from: '2026-11-24T22:00:00.000Z',
          to: '2026-11-24T22:00:01.000Z',
        });
        return listed({ index: 2, eventId: 'another' }, { index: 3, eventId: approvals[2]?.requestEventId ?? '' });
      }),
    ],
  });
  expect(await screen.findByRole('link', { name: 'entry 3' })).toHaveAttribute('href', '/audit?entry=3');
  expect(await screen.findByRole('link', { name: 'entry 7' })).toHaveAttribute('href', '/audit?entry=7');
  expect(screen.getByText(/decision as approver in/)).toBeVisible();
});

it('shows no forged entry as the decision, and waits for the entry that the ledger still lacks', async () => {
  const forged = { index: 7, eventId: 'forged', warnings: ['NO_SUCH_DECISION'] };
  let recorded = [forged];
  visit('/approvals/a-3', {
    as: ben,
    but: [
      http.get('*/api/audit', ({ request }) =>
        new URL(request.url).searchParams.get('type') === 'approval.decided' ? listed(...recorded) : listed(),
      ),
    ],
  });
  expect(await screen.findByText(/decision not recorded yet/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'entry 7' })).toBeNull();
  recorded = [forged, { index: 8, eventId: 'decision', warnings: [] }];
  expect(await screen.findByRole('link', { name: 'entry 8' }, { timeout: 4_000 })).toBeVisible();
  expect(screen.queryByText(/not recorded yet/)).toBeNull();
});

it('says that the audit cannot be read', async () => {
  visit('/approvals/a-3', { as: ben, but: [http.get('*/api/audit', () => problem(500, { title: 'Broken' }))] });
  expect(await screen.findByText('The audit cannot be read.')).toBeVisible();
});

const listed = (...items: { index: number; eventId: string; warnings?: string[]; roles?: string[] }[]) =>
  HttpResponse.json({
    items: items.map((item) => ({ warnings: [], ...item })),
    nextPageToken: null,
    total: { value: items.length, exact: true },
  });

it('lists who decided and when, where requests were decided', async () => {
  const { user } = visit('/approvals', { as: ben });
  await screen.findByRole('table', { name: 'Approvals' });
  expect(screen.queryByRole('columnheader', { name: 'Decided by' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Approved' }));
  await screen.findByRole('columnheader', { name: 'Decided by' });
  expect((await cells('Approvals'))[0]?.slice(0, 1)).toEqual([
    'Waiver for mail-triage: fine-tuning without its evidence',
  ]);
  expect((await cells('Approvals'))[0]?.[4]).toBe('Ben Approver (you)');
});

it('shows proposed prices beside those in force', async () => {
  visit('/approvals/a-6', { as: vera });
  expect(await screen.findByRole('heading', { name: 'Prices of acme-llm/large', level: 1 })).toBeVisible();
  expect(await screen.findByText('$0.15, now $0.1')).toBeVisible();
  expect(screen.getByText('Acme raised its prices')).toBeVisible();
});
