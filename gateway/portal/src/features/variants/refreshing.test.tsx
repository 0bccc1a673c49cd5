import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { policyVersions } from '../../../test/mocks/governance';
import { problem } from '../../../test/mocks/handlers';
import { indexes } from '../../../test/mocks/models';
import { newerPages, shopPages } from '../../../test/mocks/passages';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

const { answering } = world;
const address = `/apps/ticket-routing?do=refresh&variant=${answering.variantDigest}`;
const [releases] = world.criteria;
const [suite] = world.suites;
if (releases === undefined || suite === undefined) throw new Error('the world has no criteria');
const held = { ...suite, name: 'shop-regressions', suiteDigest: 'held' };
const refreshes = { ...releases, purpose: 'REFRESH' as const, criteriaDigest: 'refreshes', suiteDigest: 'held' };
const underCriteria = [
  only('*/api/applications/:name/criteria', [refreshes, releases]),
  only('*/api/suites', [suite, held]),
];
const refreshed = {
  ...answering,
  variantDigest: world.refresh.variantDigest,
  name: 'answers-new',
  indexDigest: newerPages.indexDigest,
  serving: [],
};
const created = taking('*/api/variants/:digest/refresh', world.refresh);

it('offers a refresh of what answers from documents, and of nothing else', async () => {
  const examples = { ...answering, variantDigest: 'examples', name: 'examples', indexDigest: indexes[1]?.indexDigest };
  const { user, address: shown } = visit('/apps/ticket-routing?tab=variants', {
    but: [only('*/api/variants', [answering, examples])],
  });
  await user.click(await screen.findByRole('button', { name: 'Refresh documents of answers' }));
  expect(screen.queryByRole('button', { name: 'Refresh documents of examples' })).toBeNull();
  expect(shown()).toBe(`/apps/ticket-routing?tab=variants&do=refresh&variant=${answering.variantDigest}`);
});

it('offers it with the releases, of what serves', async () => {
  const { user, address: shown } = visit('/apps/ticket-routing?tab=releases');
  await user.click(await screen.findByRole('button', { name: 'Refresh documents of answers' }));
  expect(shown()).toContain(`do=refresh&variant=${answering.variantDigest}`);
});

it('says which roles it needs', async () => {
  visit('/apps/ticket-routing?tab=variants', { as: world.vera });
  expect(await screen.findByRole('button', { name: 'Refresh documents of answers' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});

it('makes the variant over the newer documents, and leads to its evaluation over the suite of refreshes', async () => {
  const { user } = visit(address, {
    but: [created.handler, ...underCriteria, only('*/api/variants', [refreshed, answering])],
  });
  const form = await dialog();
  await expect.poll(() => form.getByLabelText(/^Index/)).toHaveDisplayValue(/shop-pages-refreshed · version 2, 97/);
  expect(form.getByText('shop-pages version 1 to version 2')).toBeVisible();
  expect(form.getByText('90 passages to 97 passages')).toBeVisible();
  expect(form.getByText(/passages of at most 256 tokens, overlapping by 32/)).toBeVisible();
  await user.type(form.getByLabelText('Name'), 'answers-new');
  await user.click(form.getByRole('button', { name: 'Create the refresh' }));
  const next = within(await screen.findByRole('dialog', { name: 'Evaluate a variant' }));
  expect(created.sent).toEqual([{ indexDigest: newerPages.indexDigest, name: 'answers-new' }]);
  expect(next.getByLabelText(/^Variant/)).toHaveValue(world.refresh.variantDigest);
  await expect.poll(() => next.getByLabelText(/^Suite/)).toHaveValue('held');
});

it('evaluates what serves over the suite of releases', async () => {
  visit(`/apps/ticket-routing?do=run&variant=${answering.variantDigest}`, {
    but: [...underCriteria, only('*/api/variants', [refreshed, answering])],
  });
  await expect.poll(async () => (await dialog()).getByLabelText(/^Suite/)).toHaveValue(suite.suiteDigest);
});

it('says what a refresh takes: a baseline of what serves, its verdict, and who approves it', async () => {
  const policy = { ...policyVersions[0], name: 'refreshes', target: 'refresh' };
  visit(address, { but: [...underCriteria, only('*/api/policies', [policy])] });
  const form = await dialog();
  expect(await form.findByText(/^Evaluate answers over shop-regressions and record the run/)).toBeVisible();
  expect(form.queryByText(/Only the newest/)).toBeNull();
  expect(form.getByText(/^Evaluate the refresh over shop-regressions/)).toBeVisible();
  expect(await form.findByText(/^Policy \(refreshes\) approves it unless a rule refuses/)).toBeVisible();
});

it('asks for no baseline where there is one, and says that no policy approves', async () => {
  const run = { ...world.runs[2], runId: 'run-9', variantDigest: answering.variantDigest, suiteDigest: 'held' };
  visit(address, {
    but: [
      ...underCriteria,
      only('*/api/runs', [run]),
      only('*/api/baselines', [{ ...world.baselines[0], runId: 'run-9' }]),
    ],
  });
  const form = await dialog();
  expect(await form.findByText(/^No policy for the target refresh is active/)).toBeVisible();
  expect(form.queryByText(/record the run as a baseline/)).toBeNull();
});

it('says that it did not see every run where it asks for a baseline', async () => {
  const runs = { items: world.runs, nextPageToken: 'older', total: { value: 5, exact: true } };
  visit(address, { but: [...underCriteria, http.get('*/api/runs', () => json(runs))] });
  const form = await dialog();
  expect(await form.findByText(/Only the newest 5 runs of the application were searched\.$/)).toBeVisible();
});

it('says that no criteria of refreshes are registered', async () => {
  visit(address);
  expect(await (await dialog()).findByText(/^No criteria of refreshes are registered/)).toBeVisible();
});

it('shows why a refresh is refused', async () => {
  const refusal = problem(409, {
    title: 'Not a refresh',
    detail: 'Pass an index that was built like the variant’s.',
    missing: ['an index that is built like the former'],
  });
  const { user } = visit(address, { but: [http.post('*/api/variants/:digest/refresh', () => refusal)] });
  const form = await dialog();
  await form.findByText('shop-pages version 1 to version 2');
  await user.click(form.getByRole('button', { name: 'Create the refresh' }));
  expect(await form.findByText('an index that is built like the former')).toBeVisible();
});

it.each([
  ['another recipe', { chunking: { maxTokens: 128, overlapTokens: 32 } }],
  ['another encoder', { encoder: 'local/all-minilm-l6-v2' }],
  ['failed', { state: 'FAILED', indexDigest: null }],
])('leads to the index that is missing where that of the newer documents is of %s', async (_why, differently) => {
  const { user, address: shown } = visit(address, {
    but: [only('*/api/indexes', [{ ...newerPages, ...differently }, shopPages])],
  });
  const form = await dialog();
  expect(await form.findByText('Version 2 of shop-pages has no index of this recipe')).toBeVisible();
  expect(form.getByRole('button', { name: 'Create the refresh' })).toHaveAttribute('aria-disabled', 'true');
  await user.click(form.getByRole('link', { name: 'Build it like shop-pages' }));
  await expect.poll(shown).toBe(`/indexes?build=shop-pages%2F2&like=${shopPages.indexId}`);
});

it('waits for an index that is being built', async () => {
  const building = { ...newerPages, state: 'RUNNING', progress: 0.4, indexDigest: null };
  visit(address, { but: [only('*/api/indexes', [building, shopPages])] });
  expect(await (await dialog()).findByText('The index of version 2 is being built: 40 %')).toBeVisible();
});

it('leads to the documents where none are newer', async () => {
  visit(address, { but: [only('*/api/datasets/shop-pages/versions', [])] });
  const form = await dialog();
  expect(await form.findByText('No documents are newer than version 1')).toBeVisible();
  expect(form.getByRole('link', { name: 'shop-pages' })).toHaveAttribute('href', '/datasets/shop-pages');
});

it('says that its documents could not be asked for', async () => {
  const down = () => problem(503, { title: 'The service is down', detail: 'Try again in a moment.' });
  visit(address, { but: [http.get('*/api/lineage/:node', down)] });
  expect(await (await dialog()).findByText('The service is down')).toBeVisible();
});

it('refreshes nothing that retrieves examples', async () => {
  const examples = { ...answering, indexDigest: indexes[1]?.indexDigest };
  visit(address, { but: [http.get('*/api/variants', () => json({ items: [examples] }))] });
  expect(await (await dialog()).findByText('Its index is not of documents')).toBeVisible();
});
