import { screen, within } from '@testing-library/react';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { expect, it, vi } from 'vitest';
import { pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { auditEntries, broken, cleo, vera, verified } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

it('says up to which entry the ledger is verified', async () => {
  visit('/audit', { as: cleo });
  expect(await screen.findByText('VERIFIED entries 0–5')).toBeVisible();
});

it('says whether changes of accounts are recorded, and why not', async () => {
  const { unmount } = visit('/audit', { as: cleo });
  expect(await screen.findByText('recorded')).toBeVisible();
  unmount();

  visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/identity-recording', () =>
        HttpResponse.json({ state: 'OFF', reason: 'not available: switched off', changedAt: null, readAt: null }),
      ),
    ],
  });
  expect(await screen.findByText('not recorded')).toBeVisible();
  expect(screen.getByText(/not available: switched off/)).toBeVisible();
});

it('names the first bad entry of a broken chain', async () => {
  visit('/audit', {
    as: cleo,
    but: [http.get('*/api/ledger/verification', () => HttpResponse.json(broken as unknown as JsonBodyType))],
  });
  expect(await screen.findByText(/entry 3 is the first that fails verification/)).toBeVisible();
});

it('lets a compliance officer start a verification, and everybody read the last one', async () => {
  let running = false;
  const { user } = visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/ledger/verification', () =>
        HttpResponse.json({ ...verified, running } as unknown as JsonBodyType),
      ),
      http.post('*/api/ledger/verify', () => {
        running = true;
        return HttpResponse.json({ ...verified, running } as unknown as JsonBodyType, { status: 202 });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Verify again' }));
  await vi.waitFor(() => expect(screen.getByRole('button', { name: /Verify again/ })).toBeDisabled());
});

it('offers no verification to a reader', async () => {
  visit('/audit', { as: vera });
  expect(await screen.findByText('VERIFIED entries 0–5')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Verify again' })).toBeNull();
});

it('opens an entry to its payload and computes its proof, and keeps it in the address', async () => {
  const { user, address } = visit('/audit', { as: cleo });
  const row = (await screen.findByText('criteria.registered')).closest('tr');
  if (row === null) throw new Error('no row');
  await user.click(within(row).getByRole('button'));
  expect(await screen.findByText(/the entry is in the ledger/)).toBeVisible();
  expect(address()).toBe('/audit?entry=1');
});

it('shows by which roles a person acted', async () => {
  const [before] = auditEntries;
  visit('/audit?entry=1', {
    as: cleo,
    but: [
      http.get('*/api/audit/1', () =>
        HttpResponse.json({
          entry: { ...auditEntries[1], roles: ['ml-engineer', 'prompt-engineer'] },
          before,
        } as unknown as JsonBodyType),
      ),
    ],
  });
  await vi.waitFor(() => expect(screen.getByText('ml-engineer, prompt-engineer')).toBeVisible(), 5_000);
});

it('says where the roles of the actor were not recorded', async () => {
  visit('/audit?entry=1', { as: cleo });
  await vi.waitFor(() => expect(screen.getByText('not recorded')).toBeVisible(), 5_000);
});

it('brings an entry that the address names into sight, once', async () => {
  const seen = vi.fn<() => void>();
  Element.prototype.scrollIntoView = seen;
  visit('/audit?entry=1', { as: cleo });
  expect(await screen.findByText(/the entry is in the ledger/)).toBeVisible();
  expect(seen).toHaveBeenCalledOnce();
  expect(seen.mock.contexts).toEqual([screen.getByText('criteria.registered').closest('tbody')]);
});

it('does not believe a proof that leads elsewhere', async () => {
  visit('/audit?entry=2', {
    as: cleo,
    but: [
      http.get('*/api/ledger/entries/:index/proof', () =>
        HttpResponse.json({ index: 2, treeSize: 6, leafHash: '00', root: 'aa', path: [] }),
      ),
    ],
  });
  expect(await screen.findByText(/does not lead to the root/)).toBeVisible();
});

it('keeps the filters in the address and clears them where nothing matches', async () => {
  const { user, address } = visit('/audit', { as: cleo });
  await user.type(await screen.findByLabelText('Object'), 'nothing');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(address()).toBe('/audit?object=nothing');
  await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
  expect(await screen.findByText('criteria.registered')).toBeVisible();
  expect(address()).toBe('/audit');
});

it('filters by an application and by the name of a person', async () => {
  const { user, address } = visit('/audit', { as: cleo });
  await user.type(await screen.findByLabelText('Application'), 'mail-triage');
  await user.type(screen.getByLabelText('Person'), 'ada');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(address()).toContain('application=mail-triage');
  expect(address()).toContain('person=ada');
});

it('leads from an entry to what it is about', async () => {
  visit('/audit', { as: cleo });
  const table = await screen.findByRole('table', { name: 'Audit entries' });
  const links: [name: string, address: string][] = [
    ['mail-triage v3', '/prompts/mail-triage/versions/3'],
    ['mail-triage · production', '/apps/mail-triage?tab=releases'],
    ['approval of waiver request', '/approvals/a-3'],
  ];
  for (const [name, address] of links)
    expect(within(table).getByRole('link', { name })).toHaveAttribute('href', address);
});

it('names the approval of a request of several words', async () => {
  const decided = auditEntries.find(({ type }) => type === 'approval.decided');
  const payload = { approvalId: 'a-5', requestType: 'criteria.change-requested' };
  visit('/audit', { as: cleo, but: [http.get('*/api/audit', () => pageOf([{ ...decided, payload }]))] });
  expect(await screen.findByRole('link', { name: 'approval of criteria change request' })).toHaveAttribute(
    'href',
    '/approvals/a-5',
  );
});

it('leads from a search in an index to the index', async () => {
  const read = { ...auditEntries[0], type: 'index-passage.read', payload: { index: 'help-pages', indexId: 'i-1' } };
  visit('/audit', { as: cleo, but: [http.get('*/api/audit', () => pageOf([read]))] });
  expect(await screen.findByRole('link', { name: 'help-pages' })).toHaveAttribute('href', '/indexes/i-1');
});

it('names the people of an entry, whose ids its payload keeps', async () => {
  const { user, address } = visit('/audit?entry=4', { as: cleo });
  const people =
    (await screen.findByText('People mentioned')).closest<HTMLElement>('.pf-v6-c-description-list__group') ??
    document.body;
  expect(await within(people).findByText('Eve Writer')).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'history of this actor' }));
  expect(address()).toBe('/audit?actor=subject-ada');
  expect(await screen.findByText(/Only entries of the actor/)).toBeVisible();
});

it('shows what contradicts an entry', async () => {
  visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/audit', () => pageOf([{ ...auditEntries[0], warnings: ['NO_SUCH_DECISION', 'UNKNOWN_ACTOR'] }])),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Audit entries' });
  expect(within(table).getByText('No such decision')).toBeVisible();
  expect(within(table).getByText('Unknown actor')).toBeVisible();
});

it('says that somebody sent what no service wrote, though the ledger holds', async () => {
  visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/audit', () => pageOf([{ ...auditEntries[0], warnings: ['NOT_AUTHENTIC'] }])),
      http.get('*/api/ledger/verification', () =>
        HttpResponse.json({
          ...verified,
          last: {
            ...verified.last,
            refused: [{ index: 2, what: 'received 2026-11-26T18:00:00Z and refused' }],
            refusedEntries: 1,
          },
        } as unknown as JsonBodyType),
      ),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Audit entries' });
  expect(within(table).getByText('Refused')).toBeVisible();
  expect(await screen.findByText(/VERIFIED/)).toBeVisible();
  expect(await screen.findByText('1 refused: not written by the service that it names')).toBeVisible();
});

it('says that the ledger stands still, and why', async () => {
  visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/ledger/verification', () =>
        HttpResponse.json({ ...verified, halted: 'The ledger has 3 entries' } as unknown as JsonBodyType),
      ),
    ],
  });
  expect(await screen.findByRole('alert')).toHaveTextContent('The ledger has 3 entries');
});

it('links an entry to the policy, the risk or the export that it is about', async () => {
  const changes = [
    { type: 'policy.activated', payload: { policy: 'release-default', version: 2, target: 'release' } },
    { type: 'risk.changed', payload: { risk: 'drift', likelihood: 3, impact: 2, evidence: [] } },
    { type: 'audit.exported', payload: { exportId: 'e-1', filter: { object: 'mail-*' }, throughIndex: 5 } },
    { type: 'action.denied', payload: { subject: '/api/risks/privacy' } },
  ];
  visit('/audit', {
    as: cleo,
    but: [
      http.get('*/api/audit', () => pageOf(changes.map((change, index) => ({ ...auditEntries[0], index, ...change })))),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Audit entries' });
  const links: [name: string, address: string][] = [
    ['release-default v2', '/policies/release-default?version=2'],
    ['drift', '/risks/drift'],
    ['exported entries', '/audit?object=mail-*'],
    ['privacy', '/risks/privacy'],
  ];
  for (const [name, address] of links)
    expect(within(table).getByRole('link', { name })).toHaveAttribute('href', address);
});

it('exports by the filter in force, whole days and all, once it has said that this is recorded', async () => {
  const requested: string[] = [];
  const saved = vi.fn<(content: Blob) => string>(() => 'blob:audit');
  URL.createObjectURL = saved as typeof URL.createObjectURL;
  URL.revokeObjectURL = () => undefined;
  const { user, address } = visit('/audit?object=mail-*&from=2026-11-24&to=2026-11-24&page=2', {
    as: cleo,
    but: [
      http.get('*/api/audit/export', ({ request }) => {
        requested.push(new URL(request.url).search);
        return new HttpResponse('{"index":0}\n', { headers: { 'Content-Type': 'application/x-ndjson' } });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Export' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('are recorded in the ledger');
  expect(requested).toEqual([]);
  await user.click(within(dialog).getByRole('button', { name: 'Download audit.jsonl' }));
  await expect.poll(() => saved.mock.calls.length).toBe(1);
  expect(await saved.mock.calls[0]?.[0].text()).toBe('{"index":0}\n');
  expect(decodeURIComponent(requested.join())).toBe(
    '?object=mail-*&from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00.000Z',
  );
  await expect.poll(address).toBe('/audit?object=mail-*&from=2026-11-24&to=2026-11-24&page=2');
});

it('shows why an export is refused', async () => {
  const refusal = problem(503, {
    title: 'The ledger is behind, so nothing may be changed',
    detail: 'Try again in a moment.',
  });
  const { user } = visit('/audit?do=export', { as: cleo, but: [http.get('*/api/audit/export', () => refusal)] });
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Download audit.jsonl' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('The ledger is behind');
});

it('offers the export to compliance officers only', async () => {
  visit('/audit', { as: vera });
  expect(await screen.findByRole('button', { name: 'Export' })).toHaveAttribute('aria-disabled', 'true');
});
