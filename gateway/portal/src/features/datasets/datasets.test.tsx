import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it, vi } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import {
  conversation,
  datasets,
  datasetVersions,
  draftItem,
  failed,
  ingesting,
  split,
  textItem,
} from '../../../test/mocks/datasets';
import { problem } from '../../../test/mocks/handlers';
import { row } from '../../../test/mocks/lineage';
import { all, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, taking } from '../../../test/requests';

const file = (content: string, name: string) => new File([content], name);

it('creates a dataset with its columns and labels, and leads to its upload', async () => {
  let sent: unknown;
  const { user, address } = visit('/datasets', {
    but: [
      http.post('*/api/datasets', async ({ request }) => {
        sent = await request.json();
        return json({}, 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'New dataset' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'tickets');
  await user.type(within(dialog).getByLabelText('Licence'), 'proprietary');
  await user.type(within(dialog).getByLabelText('Labels'), 'bug, question');
  await user.click(within(dialog).getByRole('button', { name: 'Create and upload rows' }));
  expect(await screen.findByRole('heading', { name: 'Upload rows' })).toBeVisible();
  expect(address()).toBe('/datasets/tickets');
  expect(sent).toEqual({
    name: 'tickets',
    kind: 'CLASSIFICATION',
    description: '',
    licence: 'proprietary',
    legalBasis: '',
    textColumn: 'text',
    labelColumn: 'label',
    labels: ['bug', 'question'],
  });
});

it('describes a dataset by the file that it is made of, and offers that for upload', async () => {
  const { sent, handler } = taking('*/api/datasets');
  const { user } = visit('/datasets', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'New dataset' }));
  const dialog = within(await screen.findByRole('dialog'));
  const rows = new File(['message;category\nWin a prize;spam\n"Lunch; at one?";personal\n'], 'mails.csv');
  await user.upload(document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement, rows);
  const preview = within(await dialog.findByRole('table', { name: 'First rows of the file' }));
  expect(preview.getByText('Lunch; at one?')).toBeVisible();
  expect(dialog.getByLabelText(/^Text column/)).toHaveValue('message');
  expect(dialog.getByLabelText(/^Label column/)).toHaveValue('category');
  await user.type(dialog.getByLabelText(/^Name/), 'tickets');
  await user.click(dialog.getByRole('button', { name: 'Create and upload rows' }));
  expect(await screen.findByRole('button', { name: /^Upload \d+ B/ })).toBeVisible();
  expect(sent).toMatchObject([{ kind: 'CLASSIFICATION', textColumn: 'message', labelColumn: 'category' }]);
});

it('creates a dataset of conversations without columns', async () => {
  let sent: unknown;
  const { user } = visit('/datasets', {
    but: [
      http.post('*/api/datasets', async ({ request }) => {
        sent = await request.json();
        return json({}, 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'New dataset' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'support');
  await user.selectOptions(within(dialog).getByLabelText('Kind'), 'CHAT');
  expect(within(dialog).queryByLabelText(/column/)).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Create and upload rows' }));
  await expect
    .poll(() => sent)
    .toEqual({ name: 'support', kind: 'CHAT', description: '', licence: '', legalBasis: '' });
});

it('creates a dataset of documents without columns, and shows how one looks', async () => {
  let sent: unknown;
  const { user } = visit('/datasets', {
    but: [
      http.post('*/api/datasets', async ({ request }) => {
        sent = await request.json();
        return json({}, 201);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'New dataset' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'handbook');
  await user.selectOptions(within(dialog).getByLabelText('Kind'), 'DOCUMENTS');
  expect(within(dialog).queryByLabelText(/column/)).toBeNull();
  await user.click(within(dialog).getByRole('button', { name: 'Create and upload rows' }));
  await expect
    .poll(() => sent)
    .toEqual({ name: 'handbook', kind: 'DOCUMENTS', description: '', licence: '', legalBasis: '' });
  expect(await screen.findByText(/^\{"document":\{"documentId":/)).toBeVisible();
});

it('sends an archive of documents as one', async () => {
  let type: string | null = null;
  const { user, container } = visit('/datasets/handbook', {
    but: [
      http.post('*/api/datasets/handbook/versions', ({ request }) => {
        type = request.headers.get('content-type');
        return json({ dataset: 'handbook', version: 1, state: 'INGESTING', jobId: 'j' }, 202);
      }),
    ],
  });
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, file('PK', 'pages.zip'));
  await user.click(await screen.findByRole('button', { name: /^Upload/ }));
  await expect.poll(() => type).toBe('application/zip');
});

it('holds questions against the documents that are named', async () => {
  let documents: string | null = null;
  const { user, container } = visit('/datasets/questions', {
    but: [
      http.get('*/api/datasets/questions', () =>
        json({ ...datasets[1], name: 'questions', kind: 'QUESTION_ANSWER', textColumn: null, labelColumn: null }),
      ),
      http.post('*/api/datasets/questions/versions', ({ request }) => {
        documents = new URL(request.url).searchParams.get('documents');
        return json({ dataset: 'questions', version: 1, state: 'INGESTING', jobId: 'j' }, 202);
      }),
    ],
  });
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, file('{}', 'questions.jsonl'));
  await user.type(screen.getByLabelText('Documents (optional)'), 'shop-pages/2');
  await user.click(await screen.findByRole('button', { name: /^Upload/ }));
  await expect.poll(() => documents).toBe('shop-pages/2');
});

it('warns of an archive where rows are wanted', async () => {
  const { user, container } = visit('/datasets/support');
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, file('PK', 'pages.zip'));
  expect(await screen.findByText(/An archive can only hold documents/)).toBeVisible();
});

it('shows how a line of a conversation looks, and warns of CSV', async () => {
  const { user, container } = visit('/datasets/support');
  expect(await screen.findByText(/^\{"input":\{"messages":/)).toBeVisible();
  expect(screen.queryByText(/text in/)).toBeNull();
  await user.upload(
    container.querySelector('input[type=file]') as HTMLInputElement,
    file('text,label\nHi,personal\n', 'rows.csv'),
  );
  expect(await screen.findByText(/CSV cannot hold conversations/)).toBeVisible();
  expect(screen.queryByText(/has no column named/)).toBeNull();
});

it('shows the conversation behind a finding on demand, message by message, with what is expected', async () => {
  const { user } = visit('/datasets/support/versions/1');
  const found = within(await screen.findByRole('table', { name: 'Findings by row' }));
  expect(await found.findByText('input.messages[1].content: xx@xxxxxxx.xxx')).toBeVisible();
  await user.click(found.getByRole('button', { name: 'Show the item of row 4' }));
  expect(await found.findByText('I am jo@example.org. Is this one in stock?')).toBeVisible();
  for (const text of [
    'system',
    '[image of 26 B]',
    'calls find_book({"title":"The Sea"})',
    'two copies',
    '2. We have two.',
    'calls reserve({"copies":1})',
    'Rubric: Names the number of copies.',
  ])
    expect(found.getByText(text)).toBeVisible();
});

it('creates a dataset of preferences, and shows how a line of one looks', async () => {
  const { user } = visit('/datasets');
  await user.click(await screen.findByRole('button', { name: 'New dataset' }));
  const form = await dialog();
  await user.selectOptions(form.getByLabelText('Kind'), 'PREFERENCE');
  expect(form.getByText(/a better and a worse answer: for preference fine-tuning/)).toBeVisible();
  expect(form.queryByLabelText(/column/)).toBeNull();
});

it('shows how a line of a preference looks, and warns of CSV', async () => {
  const { user, container } = visit('/datasets/ratings');
  expect(await screen.findByText(/"expected":\{"chosen":"It arrives on Friday\."/)).toBeVisible();
  expect(screen.getByText('non_preferred_output')).toBeVisible();
  await user.upload(container.querySelector('input[type=file]') as HTMLInputElement, file('a,b\nc,d\n', 'rows.csv'));
  expect(await screen.findByText(/CSV cannot hold preferences/)).toBeVisible();
});

it('shows the chosen answer of a preference beside the rejected one', async () => {
  const { user } = visit('/datasets/ratings/versions/1');
  const items = within(await screen.findByRole('table', { name: 'Items' }));
  expect(items.getByText(/Chosen: calls find_book\(\{"title":"The Sea"\}\)\s+Rejected: I think so,/)).toBeVisible();
  await user.click(items.getByRole('button', { name: 'Show unmasked item 1' }));
  const chosen = await items.findByRole('region', { name: 'Chosen answer' });
  expect(within(chosen).getByText('calls find_book({"title":"The Sea"})')).toBeVisible();
  expect(
    within(items.getByRole('region', { name: 'Rejected answer' })).getByText('I think so, <EMAIL>.'),
  ).toBeVisible();
});

it('offers preferences for training only, and their exports', async () => {
  visit('/datasets/ratings/versions/1');
  expect(await screen.findByRole('checkbox', { name: /^Train/ })).toBeVisible();
  expect(screen.queryByRole('checkbox', { name: /^Evaluate/ })).toBeNull();
  expect(screen.getByRole('link', { name: 'OpenAI preference fine-tuning' })).toHaveAttribute(
    'href',
    '/api/datasets/ratings/versions/1/export?format=OPENAI',
  );
});

it('offers conversations for evaluation only', async () => {
  visit('/datasets/support/versions/1');
  expect(await screen.findByRole('checkbox', { name: /^Evaluate/ })).toBeChecked();
  expect(screen.queryByRole('checkbox', { name: /^Train/ })).toBeNull();
});

it('says which role is needed instead of hiding what needs it', async () => {
  const { user } = visit('/datasets', { as: vera });
  const button = await screen.findByRole('button', { name: 'New dataset' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await user.hover(button);
  expect(await screen.findByText(/Needs the role data-steward/)).toBeInTheDocument();
});

it('sends a chosen file as it is and leads to the version it becomes', async () => {
  let type: string | null = null;
  let body = '';
  const { user, address, container } = visit('/datasets/mails', {
    but: [
      http.post('*/api/datasets/mails/versions', async ({ request }) => {
        type = `${request.headers.get('content-type')} ${request.headers.get('x-plumbline')}`;
        body = await request.text();
        return json({ dataset: 'mails', version: 2, state: 'INGESTING', jobId: 'j' }, 202);
      }),
    ],
  });
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(
    container.querySelector('input[type=file]') as HTMLInputElement,
    file('text,label\nHi,personal\n', 'rows.csv'),
  );
  await user.click(await screen.findByRole('button', { name: 'Upload 23 B' }));
  expect(await screen.findByRole('heading', { name: 'mails v2' })).toBeVisible();
  expect(address()).toBe('/datasets/mails/versions/2');
  expect([type, body]).toEqual(['text/csv 1', 'text,label\nHi,personal\n']);
});

it('warns of a header that lacks a column before anything is sent', async () => {
  const { user, container } = visit('/datasets/mails');
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(
    container.querySelector('input[type=file]') as HTMLInputElement,
    file('{"body": "Hi", "label": "personal"}\n', 'rows.jsonl'),
  );
  expect(await screen.findByText(/has no column named text/)).toBeVisible();
});

it('shows the lines of a refused file as the service names them', async () => {
  const refusal = problem(422, {
    title: 'Rows do not fit the dataset',
    detail: 'Row 2 (line 3), field "label" is empty. Give every row a label.',
    errors: [{ pointer: '/rows/2/label', detail: 'is empty. Give every row a label.' }],
  });
  const { user, container } = visit('/datasets/mails', {
    but: [http.post('*/api/datasets/mails/versions', () => refusal)],
  });
  await screen.findByRole('heading', { name: 'Upload rows' });
  await user.upload(
    container.querySelector('input[type=file]') as HTMLInputElement,
    file('text,label\nHi,\n', 'rows.csv'),
  );
  await user.click(await screen.findByRole('button', { name: 'Upload 15 B' }));
  expect(await screen.findByText(/Row 2 \(line 3\), field "label" is empty/)).toBeVisible();
  expect(screen.getByText('row 2, label: is empty. Give every row a label.')).toBeVisible();
});

it('shows why a version failed', async () => {
  visit('/datasets/mails/versions/2', { but: [http.get('*/api/datasets/mails/versions/2', () => json(failed))] });
  expect(await screen.findByText(/has a label that the dataset does not declare/)).toBeVisible();
  expect(screen.getByRole('heading', { name: /The upload was refused/ })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Upload again' })).toBeVisible();
});

it.each([
  ['of a draft', { format: 'DRAFT' }],
  ['of a version and a draft', { format: 'DRAFT', derivedFrom: 1 }],
  ['of a masked version', { format: 'ROWS', derivedFrom: 1, masked: true }],
])('asks for no upload where a version %s could not be made', async (_, made) => {
  const detail = 'The ingest was cancelled. Make the version again.';
  const cancelled = { ...failed, ...made, problems: [{ code: 'cancelled', row: 0, line: 0, detail }] };
  visit('/datasets/mails/versions/2', { but: [http.get('*/api/datasets/mails/versions/2', () => json(cancelled))] });
  expect(await screen.findByRole('heading', { name: /The version could not be made/ })).toBeVisible();
  expect(screen.getByText(detail)).toBeVisible();
  expect(screen.queryByText(/upload/i)).toBeNull();
});

it.each([
  ['masked', { format: 'ROWS', derivedFrom: 1, masked: true }],
  ['read', { format: 'DRAFT', derivedFrom: 1 }],
  ['read', {}],
])('says that rows are being %s', async (verb, made) => {
  const version = { ...ingesting, ...made };
  visit('/datasets/mails/versions/2', { but: [http.get('*/api/datasets/mails/versions/2', () => json(version))] });
  expect(await screen.findByText(new RegExp(`^The rows are being ${verb};`))).toBeVisible();
});

it('opens the masked version after masking', async () => {
  const { user, address } = visit('/datasets/mails/versions/1');
  expect(await screen.findByText(/^Next: mask the personal data/, { exact: false })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Mask as a new version' }));
  expect(await screen.findByRole('heading', { name: 'mails v2' })).toBeVisible();
  expect(address()).toBe('/datasets/mails/versions/2');
});

it('orders a split in percent and refuses subsets that do not add up to 100', async () => {
  let sent: unknown;
  const { user } = visit('/datasets/mails/versions/2', {
    but: [
      http.post('*/api/datasets/mails/versions/2/splits', async ({ request }) => {
        sent = await request.json();
        return json(split, 202);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'New split' }));
  const dialog = await screen.findByRole('dialog');
  const test = within(dialog).getByLabelText('Test, percent');
  await user.clear(test);
  await user.type(test, '30');
  expect(within(dialog).getByText('The subsets must add up to 100 percent; these add up to 110.')).toBeVisible();
  await user.clear(test);
  await user.type(test, '20');
  await user.type(within(dialog).getByLabelText('Maximum rows'), '2000');
  await user.click(within(dialog).getByRole('button', { name: 'Split' }));
  await expect
    .poll(() => sent)
    .toEqual({
      subsets: { train: 0.6, validation: 0.2, test: 0.2 },
      stratify: true,
      dropDuplicates: true,
      maxRows: 2000,
      seed: 7,
    });
});

it('shows the reasons for which admission is refused', async () => {
  const [masked] = datasetVersions;
  const refusal = problem(409, {
    title: 'The version is not admitted',
    missing: ['The dataset has no licence: say under which one its rows may be used.'],
  });
  const { user } = visit('/datasets/mails/versions/2', {
    but: [
      http.get('*/api/datasets/mails/versions/2', () => json({ ...masked, admission: null })),
      http.get('*/api/datasets/mails/versions/2/splits', () => pageOf([split])),
      http.post('*/api/datasets/mails/versions/2/admission', () => refusal),
    ],
  });
  expect(await screen.findByText(/^Next: request admission/, { exact: false })).toBeVisible();
  await user.click(screen.getByRole('checkbox', { name: /^Train/ }));
  await user.click(screen.getByRole('button', { name: 'Request admission' }));
  expect(await screen.findByText(/The dataset has no licence/)).toBeVisible();
  expect(screen.getByText(/^Licence and legal basis are set under Edit details/)).toBeVisible();
});

it('lists the items masked, and shows one whole on demand, which is recorded', async () => {
  const read = vi.fn<() => void>();
  const { user } = visit('/datasets/support/versions/1', {
    but: [
      http.get('*/api/datasets/:name/versions/:number/rows/:itemId', () => {
        read();
        return json({ ...row, item: conversation });
      }),
    ],
  });
  const items = within(await screen.findByRole('table', { name: 'Items' }));
  expect(items.getByText('<EMAIL>', { selector: 'mark' })).toBeVisible();
  expect(items.getByText(/Is this one in stock\?\s+\[image\]/)).toBeVisible();
  expect(items.getByText(/the last of 2 messages/)).toBeVisible();
  expect(items.getByText(/Rubric: Names the number of copies/)).toBeVisible();
  expect(items.getByRole('link', { name: 'Open in playground: item 4' })).toHaveAttribute(
    'href',
    '/playground?item=support%2F1%2F0a1b2c3d4e5f6071',
  );
  expect(read).not.toHaveBeenCalled();
  await user.click(items.getByRole('button', { name: 'Show unmasked item 4' }));
  expect(await items.findByText('I am jo@example.org. Is this one in stock?')).toBeVisible();
  expect(read).toHaveBeenCalledOnce();
});

it('shows the variables of an item, and what the report notes of regions and answers', async () => {
  const item = {
    ...conversation,
    input: { messages: [], tools: [], variables: { question: 'How long may I return it?', limits: { days: 14 } } },
  };
  const notes = [
    'Telephone numbers without a country code and national numbers of digits alone are found for DE, GB only.',
    '6 rows have nothing expected; these members became metadata: output (6).',
  ];
  const version = { ...datasetVersions[1], dataset: 'support' };
  const { user } = visit('/datasets/support/versions/1', {
    but: [
      http.get('*/api/datasets/:name/versions/:number', () =>
        json({ ...version, report: { ...version.report, notes } }),
      ),
      http.get('*/api/datasets/:name/versions/:number/items', () => pageOf([{ number: 1, item, masked: [] }])),
      http.get('*/api/datasets/:name/versions/:number/rows/:itemId', () => json({ ...row, item })),
    ],
  });
  for (const note of notes) expect(await screen.findByText(note)).toBeVisible();
  const items = within(await screen.findByRole('table', { name: 'Items' }));
  expect(items.getByText(/question: How long may I return it\?\s+limits: \{"days":14\}/)).toBeVisible();
  await user.click(items.getByRole('button', { name: 'Show unmasked item 1' }));
  expect(await items.findByText('How long may I return it?')).toBeVisible();
  expect(items.getByText('{"days":14}')).toBeVisible();
});

it('shows what a row became, from the training of its subset to the release that serves', async () => {
  const { user } = visit('/datasets/support/versions/1');
  const items = within(await screen.findByRole('table', { name: 'Items' }));
  await user.click(items.getByRole('button', { name: 'Show unmasked item 4' }));
  const lineage = await items.findByRole('region', { name: 'Lineage of the row' });
  expect(within(lineage).getByRole('link', { name: 'mails v1' })).toHaveAttribute('href', '/datasets/mails/versions/1');
  expect(lineage).toHaveTextContent(/Was row 4 of mails v1/);
  expect(lineage).toHaveTextContent(/Is row 4 of mails v3/);
  expect(lineage).toHaveTextContent(/In the subset train of split .* of v2/);
  const job = within(lineage).getByRole('link', { name: 'on local/choice-bge-small' }).closest('li');
  expect(job).toHaveTextContent(/of mail-triage Succeeded of the subset train, validation/);
  const release = within(job as HTMLElement).getByRole('link', { name: 'production' });
  expect(release).toHaveAttribute('href', '/apps/mail-triage?tab=releases');
  expect(release.closest('li')).toHaveTextContent(/^Release in production of mail-triage Active$/);
});

it('finds the document of which a passage is', async () => {
  const asked: string[] = [];
  visit('/datasets/help-pages/versions/1?document=returns.md', {
    as: all,
    but: [
      http.get('*/api/datasets/help-pages/versions/1/items', ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('documentId') ?? '');
        return pageOf([]);
      }),
    ],
  });
  expect(await screen.findByLabelText('Document')).toHaveValue('returns.md');
  await expect.poll(() => asked).toEqual(['returns.md']);
});

it('narrows the items to a subset, a label, a finding and a text, and clears them where nothing matches', async () => {
  const asked: string[] = [];
  const { user } = visit('/datasets/mails/versions/2', {
    but: [
      http.get('*/api/datasets/mails/versions/2/items', ({ request }) => {
        const { searchParams } = new URL(request.url);
        asked.push(searchParams.toString());
        return pageOf(searchParams.has('text') ? [] : [{ number: 7, item: textItem('a1', 'Hi', 'spam'), masked: [] }]);
      }),
    ],
  });
  const text = await screen.findByLabelText('Text');
  await user.selectOptions(await screen.findByLabelText('Subset'), 'test');
  await user.selectOptions(screen.getByLabelText('Label'), 'spam');
  await user.selectOptions(screen.getByLabelText('Finding'), 'EXACT_DUPLICATE');
  await user.type(text, 'prize');
  await user.click(screen.getByRole('button', { name: 'Search' }));
  expect(await screen.findByText('Nothing matches these filters')).toBeVisible();
  expect(asked.at(-1)).toBe('subset=test&label=spam&finding=EXACT_DUPLICATE&text=prize&limit=20');
  await user.click(screen.getByRole('button', { name: 'Clear all filters' }));
  expect(await screen.findByRole('table', { name: 'Items' })).toBeVisible();
});

it('goes on searching where a page found nothing', async () => {
  const { user } = visit('/datasets/mails/versions/2', {
    but: [
      http.get('*/api/datasets/mails/versions/2/items', ({ request }) =>
        new URL(request.url).searchParams.has('pageToken')
          ? pageOf([{ number: 700, item: textItem('a1', 'Hi', 'spam'), masked: [] }])
          : json({ items: [], nextPageToken: 'b', total: { value: 0, exact: false } }),
      ),
    ],
  });
  expect(await screen.findByText(/^No matches on this page/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  expect(await screen.findByText('700')).toBeVisible();
});

it('lists items for nobody without the role', async () => {
  visit('/datasets/mails/versions/1', { as: vera });
  expect(await screen.findByText(/To list them, you need the role data-steward or ml-engineer/)).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Items' })).toBeNull();
});

it('shows the draft with where its items are said to be from, and removes one', async () => {
  const removed: unknown[] = [];
  const { user } = visit('/datasets/support', {
    but: [
      http.delete('*/api/datasets/support/draft/items/:id', ({ params }) => {
        removed.push(params['id']);
        return new HttpResponse(null, { status: 204 });
      }),
    ],
  });
  const table = within(await screen.findByRole('table', { name: 'Items of the draft' }));
  expect(screen.getByText(/Items are masked in this list only/)).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Draft (1)' })).toBeVisible();
  expect(table.getByText('<EMAIL>', { selector: 'mark' })).toBeVisible();
  expect(table.getByText('trace 4bf92f3577b34da6a3ce929d0e0e4736')).toBeVisible();
  await user.click(table.getByRole('button', { name: 'Remove item 1' }));
  await expect.poll(() => removed).toEqual([draftItem.draftItemId]);
});

it('shows which items of the draft correct rows, and who corrected the rows of a version', async () => {
  const metadata = { expectedCorrection: { version: 1, itemId: '11aa22bb33cc44dd', by: 'subject-eva' } };
  const item = { ...textItem('11aa22bb33cc44dd', 'See you at noon', 'spam'), metadata };
  const but = [
    http.get('*/api/datasets/mails/draft/items', () => pageOf([{ ...draftItem, item, masked: [] }])),
    http.get('*/api/datasets/mails/versions/2/items', () => pageOf([{ number: 1, item, masked: [] }])),
  ];
  visit('/datasets/mails', { as: all, but });
  expect(await screen.findByText('correction of a row of v1')).toBeVisible();
  visit('/datasets/mails/versions/2', { as: all, but });
  expect(await screen.findByText(/^corrected after v1 by/)).toBeVisible();
});

it('makes a version of the draft after the rows of the newest one, and leads to it', async () => {
  const { sent, handler } = taking(
    '*/api/datasets/support/draft/version',
    { dataset: 'support', version: 2, state: 'INGESTING', jobId: 'j' },
    202,
  );
  const { user, address } = visit('/datasets/support', { but: [handler] });
  await screen.findByRole('table', { name: 'Versions' });
  await user.click(await screen.findByRole('button', { name: 'Make a version' }));
  const form = await dialog();
  expect(form.getByLabelText('Start with the rows of')).toHaveDisplayValue('v1, 120 rows');
  await user.click(form.getByRole('button', { name: 'Make a version' }));
  await expect.poll(() => sent).toEqual([{ base: 1 }]);
  await expect.poll(address).toBe('/datasets/support/versions/2');
});

it('begins a draft with any version of the dataset, however many pages of them there are', async () => {
  const [newest] = datasetVersions;
  const page = (version: number, nextPageToken: string | null) =>
    HttpResponse.json({ items: [{ ...newest, version }], total: { value: 2, capped: false }, nextPageToken });
  const { user } = visit('/datasets/support', {
    but: [
      http.get('*/api/datasets/support/versions', ({ request }) =>
        new URL(request.url).searchParams.get('pageToken') === 'older' ? page(1, null) : page(101, 'older'),
      ),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Make a version' }));
  const base = (await dialog()).getByLabelText('Start with the rows of');
  expect(
    within(base)
      .getAllByRole('option')
      .map(({ textContent }) => textContent),
  ).toEqual([
    expect.stringMatching(/^v101,/),
    expect.stringMatching(/^v1,/),
    'no version: only the items of the draft',
  ]);
});

it('says so when the versions that a draft may begin with cannot be read', async () => {
  visit('/datasets/support', {
    but: [
      http.get('*/api/datasets/support/versions', ({ request }) =>
        new URL(request.url).searchParams.get('limit') === '100'
          ? problem(503, { title: 'Unavailable', detail: 'The database cannot be reached.' })
          : undefined,
      ),
    ],
  });
  expect(await screen.findByText('The database cannot be reached.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Make a version' })).toBeNull();
});

it('shows drafts to nobody without the role', async () => {
  visit('/datasets/support', { as: vera });
  expect(await screen.findByRole('table', { name: 'Versions' })).toBeVisible();
  expect(screen.queryByRole('table', { name: 'Items of the draft' })).toBeNull();
});

it('shows the datasheet of a version: licence, findings, splits and each decision', async () => {
  visit('/datasets/mails/versions/2/datasheet');
  expect(await screen.findByRole('heading', { name: 'Datasheet of mails v2' })).toBeVisible();
  expect(await screen.findByText('CC0-1.0')).toBeVisible();
  expect(screen.getByText('Published by their recipients')).toBeVisible();
  expect(screen.getByText('From v1')).toBeVisible();
  expect(screen.getByText('email, phone, IPv4 address; found: email, phone')).toBeVisible();
  expect(screen.getByText(/for training, evaluation/)).toBeVisible();
  expect(screen.getByText(/Mask it\./)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Its entries in the ledger' })).toHaveAttribute(
    'href',
    '/audit?object=mails%2Fversions%2F2',
  );
  expect(screen.getByRole('button', { name: 'Print' })).toBeVisible();
  const suite = await screen.findByText(/^Suite mails v2/);
  expect(suite).toHaveTextContent('Suite mails v2 of the subset test');
  expect(screen.getByRole('link', { name: 'mail-head@1' })).toHaveAttribute('href', '/models/mail-head/versions/1');
});

it('offers the exports of its kind to those who may have the rows', async () => {
  visit('/datasets/support/versions/1');
  expect(await screen.findByRole('link', { name: 'OpenAI fine-tuning' })).toHaveAttribute(
    'href',
    '/api/datasets/support/versions/1/export?format=OPENAI',
  );
  expect(screen.queryByRole('link', { name: 'CSV' })).toBeNull();
});

it('offers no export to a viewer', async () => {
  visit('/datasets/support/versions/1', { as: vera });
  expect(await screen.findByRole('checkbox', { name: /^Evaluate/ })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'JSON Lines' })).toBeNull();
});
