import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { split } from '../../../test/mocks/datasets';
import { problem } from '../../../test/mocks/handlers';
import { indexes } from '../../../test/mocks/models';
import { foundPassages, passageIndex } from '../../../test/mocks/passages';
import { all, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, taking } from '../../../test/requests';

it('shows progress, and the reason of a failure', async () => {
  visit('/indexes');
  expect(within(await screen.findByRole('table', { name: 'Indexes' })).getByRole('progressbar')).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  expect(screen.getByText(/is not admitted to be indexed/)).toBeVisible();
});

it('lists what each index retrieves, how much it has and how it was built', async () => {
  visit('/indexes');
  const row = (await screen.findByRole('link', { name: 'help-pages' })).closest('tr');
  expect(row).toHaveTextContent('Passages312 passages');
  expect(row).toHaveTextContent('passages of at most 256 tokens, overlapping by 32');
  const mails = screen.getByRole('link', { name: 'mails' });
  expect(mails.closest('tr')).toHaveTextContent('Examples1,200 rows');
  expect(mails).toHaveAttribute('href', `/indexes/${indexes[1]?.indexId ?? ''}`);
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

it('builds passages of documents, by tokens and overlap that have defaults', async () => {
  const { sent, handler } = taking('*/api/indexes', passageIndex, 202);
  const { user, address } = visit('/indexes?build=help-pages', { but: [handler] });
  const form = await dialog();
  const build = await form.findByRole('button', { name: 'Build from 40 documents' });
  expect(form.queryByLabelText('Tokens per row')).toBeNull();
  await user.type(form.getByLabelText('Tokens per passage'), '128');
  await user.click(build);
  await expect.poll(address).toBe('/indexes');
  expect(sent).toEqual([
    {
      name: 'help-pages',
      splitDigest: passageIndex.splitDigest,
      subset: 'documents',
      encoder: 'local/bge-small-en-v1.5',
      chunking: { maxTokens: 128 },
    },
  ]);
});

it('builds newer documents like the index that led here', async () => {
  const like = {
    ...passageIndex,
    name: 'pages',
    encoder: 'acme-llm/large',
    chunking: { maxTokens: 96, overlapTokens: 0 },
  };
  const { sent, handler } = taking('*/api/indexes', passageIndex, 202);
  const { user, address } = visit(`/indexes?build=help-pages/1&like=${like.indexId}`, {
    but: [handler, http.get('*/api/indexes/:id', () => json(like))],
  });
  await user.click(await (await dialog()).findByRole('button', { name: 'Build from 40 documents' }));
  await expect.poll(address).toBe('/indexes');
  expect(sent).toEqual([
    {
      name: 'pages',
      splitDigest: passageIndex.splitDigest,
      subset: 'documents',
      encoder: 'acme-llm/large',
      chunking: { maxTokens: 96, overlapTokens: 0 },
    },
  ]);
});

it('shows at the overlap why it is refused', async () => {
  const refusal = problem(400, {
    title: 'The request is not valid',
    errors: [{ pointer: '/chunking/overlapTokens', detail: 'must be at most half of maxTokens, which is 256' }],
  });
  const { user } = visit('/indexes?build=help-pages', { but: [http.post('*/api/indexes', () => refusal)] });
  const form = await dialog();
  const overlap = await form.findByLabelText('Overlap');
  await user.type(overlap, '200');
  await user.click(form.getByRole('button', { name: 'Build from 40 documents' }));
  await expect.poll(() => overlap).toHaveAccessibleDescription(/^must be at most half of maxTokens, which is 256/);
});

const page = `/indexes/${passageIndex.indexId}`;

/** Takes the searches that are sent. */
function searching(answer: unknown = { passages: foundPassages }) {
  const asked: string[] = [];
  return {
    asked,
    handler: http.get('*/api/indexes/:id/search', ({ request }) => {
      asked.push(new URL(request.url).search);
      return json(answer);
    }),
  };
}

it('shows how an index of passages was built, and what hangs on it', async () => {
  visit(page);
  expect(await screen.findByText(/passages of at most 256 tokens, overlapping by 32/)).toBeVisible();
  expect(screen.getByText('312 passages')).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'Not used yet' })).toBeVisible();
});

it('builds by the model of a provider, which is one of the encoders', async () => {
  const { sent, handler } = taking('*/api/indexes', passageIndex, 202);
  const served = ['acme-llm/large', 'acme-llm/embed'].map((id) => ({ id, plumbline: { kind: 'PROVIDER' } }));
  const models = http.get('*/v1/models', () => json({ object: 'list', data: served }));
  const { user, address } = visit('/indexes?build=help-pages', { but: [handler, models] });
  const form = await dialog();
  await form.findByRole('option', { name: 'acme-llm/embed' });
  // The catalogue knows it as a model for chats.
  expect(form.queryByRole('option', { name: 'acme-llm/large' })).toBeNull();
  await user.selectOptions(form.getByLabelText('Encoder'), 'acme-llm/embed');
  await user.click(await form.findByRole('button', { name: 'Build from 40 documents' }));
  await expect.poll(address).toBe('/indexes');
  expect(sent).toEqual([expect.objectContaining({ encoder: 'acme-llm/embed' })]);
});

it('shows what embedding by a provider took, and lets a build be cancelled', async () => {
  const building = {
    ...passageIndex,
    state: 'RUNNING',
    indexDigest: null,
    passages: null,
    encoder: 'openai/text-embedding-3-small',
    connectionDigest: passageIndex.splitDigest,
    dimensions: 1536,
    embeddedTokens: 61440,
    cost: { amount: '0.0012288', currency: 'USD' },
  };
  let cancelled = false;
  const { user } = visit(page, {
    as: all,
    but: [
      http.get('*/api/indexes/:id', () => json(cancelled ? { ...building, state: 'CANCELLED' } : building)),
      http.post('*/api/indexes/:id/cancel', () => {
        cancelled = true;
        return json(building);
      }),
    ],
  });
  expect(await screen.findByText('61,440 tokens, $0.00123')).toBeVisible();
  expect(screen.getByText('1,536')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await expect.poll(() => screen.queryByRole('button', { name: 'Cancel' })).toBeNull();
});

it('offers no query where there are only examples', async () => {
  visit(`/indexes/${indexes[1]?.indexId ?? ''}`, { as: all });
  expect(await screen.findByText('1,200 rows')).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Try a query' })).toBeNull();
});

it('says that it shows the order before reranking', async () => {
  visit(page, { as: all });
  expect(await screen.findByText(/before any reranking by sentence/)).toBeVisible();
});

it('searches on demand, once, and keeps the query in the address', async () => {
  const { asked, handler } = searching();
  const { user, address } = visit(page, { as: all, but: [handler] });
  const field = await screen.findByLabelText(/^Query/);
  expect(asked).toEqual([]);
  await user.type(field, 'How is a gift card paid?');
  await user.type(screen.getByLabelText(/^Passages, /), '2{Enter}');
  const [first, second] = within(await screen.findByRole('list', { name: 'Passages' })).getAllByRole('listitem');
  if (first === undefined || second === undefined) throw new Error('no passages');
  expect(address()).toBe(`${page}?query=How+is+a+gift+card+paid%3F&count=2`);
  expect(asked).toEqual(['?query=How%20is%20a%20gift%20card%20paid%3F&count=2']);
  expect(screen.getByLabelText(/^Passages, /)).toHaveFocus();

  expect(within(first).getByRole('heading')).toHaveTextContent('[1] Returns > Refunds');
  expect(first).toHaveTextContent('Score 0.0328 · by words 1 · by meaning 2');
  expect(within(first).getByRole('link', { name: /^https/ })).toHaveAttribute(
    'href',
    'https://help.example.com/returns',
  );
  expect(await within(first).findByRole('link', { name: 'returns.md: its row in help-pages v1' })).toHaveAttribute(
    'href',
    '/datasets/help-pages/versions/1?document=returns.md#items',
  );
  expect(first).toHaveTextContent(/published 2026-11-01/);
  expect([...first.querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual([
    'paid',
    'paid',
    'gift',
    'card',
    'paid',
  ]);
  expect(first).toHaveTextContent('A <b>gift card</b> is paid back');
  expect(second).toHaveTextContent('Score 0.0164 · by words — · by meaning 1');
  expect(within(second).queryByRole('link', { name: /^https/ })).toBeNull();
});

it('shows what a link with a query shows, with the usual number where the address has none', async () => {
  const { asked, handler } = searching();
  visit(`${page}?query=refund`, { as: all, but: [handler] });
  expect(await screen.findByText('[1] Returns > Refunds')).toBeVisible();
  expect(screen.getByLabelText(/^Query/)).toHaveValue('refund');
  expect(asked).toEqual(['?query=refund&count=5']);
});

it('leads to the rows of the version that the index was built of, where another has equal ones', async () => {
  const own = { dataset: 'help-pages', version: 2, splitDigest: passageIndex.splitDigest, subset: 'documents' };
  const subsets = [{ ...own, version: 1, splitDigest: split.splitDigest }, own].map((subset) => ({
    ...subset,
    versionDigest: passageIndex.splitDigest,
    rows: 40,
  }));
  const upstream = http.get('*/api/lineage/:digest', () => json({ nodes: [], subsets, truncated: false }));
  visit(`${page}?query=refund`, { as: all, but: [searching().handler, upstream] });
  expect(await screen.findByRole('link', { name: 'returns.md: its row in help-pages v2' })).toBeVisible();
  expect(screen.queryByRole('link', { name: /its row in help-pages v1/ })).toBeNull();
});

it('says that nothing was found, and why a search failed', async () => {
  const { unmount } = visit(`${page}?query=refund`, { as: all, but: [searching({ passages: [] }).handler] });
  expect(await screen.findByRole('heading', { name: 'Nothing found' })).toBeVisible();
  unmount();
  visit(`${page}?query=refund`, {
    as: all,
    but: [http.get('*/api/indexes/:id/search', () => problem(422, { title: 'The index is not built' }))],
  });
  expect(await screen.findByText('The index is not built')).toBeVisible();
});

it('refuses a query that is empty and a number of passages out of range, and sends neither', async () => {
  const { asked, handler } = searching();
  const { user } = visit(page, { as: all, but: [handler] });
  await user.type(await screen.findByLabelText(/^Passages, /), '21');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(await screen.findByText('Enter what to search for.')).toBeVisible();
  expect(screen.getByText('Enter a number from 1 to 20.')).toBeVisible();
  expect(asked).toEqual([]);
});

it('searches for nobody without the role, and not before the index is built', async () => {
  const { asked, handler } = searching();
  const { user, unmount } = visit(`${page}?query=refund`, { as: vera, but: [handler] });
  const search = await screen.findByRole('button', { name: 'Search' });
  expect(search).toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByText(/Your roles do not allow searching/)).toBeVisible();
  await user.type(screen.getByLabelText(/^Query/), 's{Enter}');
  unmount();
  visit(`${page}?query=refund`, {
    as: all,
    but: [handler, http.get('*/api/indexes/:id', () => json({ ...passageIndex, state: 'FAILED', indexDigest: null }))],
  });
  expect(await screen.findByRole('button', { name: 'Search' })).toHaveAttribute('aria-disabled', 'true');
  expect(asked).toEqual([]);
});
