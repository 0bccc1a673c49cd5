import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it, vi } from 'vitest';
// Loaded before the first visit, which waits for what is shown and not for modules.
import './PlaygroundPage';
import { chunk, completionHandler, data, eventStream } from '../../../test/mocks/completions';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { passages } from '../../../test/mocks/passages';
import { all, cleo, vera, variants, versions } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, taking } from '../../../test/requests';

const column = (letter: string) => within(screen.getByLabelText(`Column ${letter}`));

/** At once, since each key would draw the page again. */
async function entering(user: ReturnType<typeof visit>['user'], field: HTMLElement, text: string): Promise<void> {
  await user.click(field);
  await user.paste(text);
}

it('asks several models the same, and shows what each answered and took', async () => {
  const { user } = visit('/playground?model1=acme-llm/large&model2=app/mail-triage@production&model3=mail-head@1');
  await entering(user, await screen.findByLabelText('Message 1'), 'Where is my order?');
  await user.click(screen.getByText('Run'));

  expect(await column('A').findByText(/arrives on Thursday/)).toBeVisible();
  expect(column('A').getByText('stop')).toBeVisible();
  expect(column('A').getByText(/1,204 in \(1,024 cached\), 86 out \(32 for reasoning\)/)).toBeVisible();
  expect(column('A').getByRole('link', { name: /^chatcmpl-/ })).toHaveAttribute(
    'href',
    expect.stringMatching('^/traces/chatcmpl-'),
  );
  expect(await column('A').findByText('$0.0031', {}, { timeout: 5_000 })).toBeVisible();

  expect(column('B').getByText('Calls find_order')).toBeVisible();
  expect(column('B').getByRole('region', { name: 'Arguments of find_order' })).toHaveTextContent(
    '{ "number": "A-17" }',
  );
  expect(column('B').getByText('temperature, seed')).toBeVisible();

  expect(column('C').getByRole('alert')).toHaveTextContent("send one message of role 'user'. The field is messages.");
  expect(screen.getByText('Column A finished. Column B finished. Column C failed.')).toBeInTheDocument();
});

it('renders the version of a column with its variables, and sends what the registry made of it', async () => {
  const { sent, handler } = taking('*/v1/chat/completions', { error: { message: 'Not today.' } }, 503);
  const { user } = visit('/playground?model1=acme-llm/large&prompt1=mail-triage@3', { but: [handler] });
  await entering(user, await screen.findByLabelText(/^company/), 'Acme');
  await entering(user, screen.getByLabelText(/^mail/), '{"body": "Win a prize"}');
  await user.click(screen.getByRole('button', { name: 'Parameters of A' }));
  await entering(user, screen.getByLabelText('Temperature'), '0.5');
  await user.click(screen.getByText('Run'));
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({
    model: 'acme-llm/large',
    temperature: 0.5,
    max_tokens: 16,
    messages: [
      { role: 'system', content: expect.stringContaining('You sort mail for Acme') as string },
      {},
      {},
      {},
      {},
      { role: 'user', content: 'The message:\nWin a prize' },
    ],
  });
  expect(await column('A').findByRole('alert')).toHaveTextContent('The model did not answer');
});

it('says beside the column which variable is missing, and sends nothing', async () => {
  const { sent, handler } = taking('*/v1/chat/completions');
  const { user } = visit('/playground?model1=acme-llm/large&prompt1=mail-triage@3', { but: [handler] });
  await screen.findByLabelText(/^company/);
  await user.click(screen.getByText('Run'));
  expect(await column('A').findByRole('alert')).toHaveTextContent("required property 'company' not found");
  expect(sent).toEqual([]);
});

it('fills the variables of a variant’s own prompt, and offers no other prompt beside it', async () => {
  const variant = variants[1];
  const { sent, handler } = taking('*/v1/chat/completions', { error: { message: 'Not today.' } }, 503);
  const { user } = visit(`/playground?model1=variant/${variant?.variantDigest}`, { but: [handler] });
  await entering(user, await screen.findByLabelText(/^company/), 'Acme');
  expect(screen.queryByLabelText('Prompt')).not.toBeInTheDocument();
  await entering(user, screen.getByLabelText('Message 1'), 'Win a prize');
  await user.keyboard('{Control>}{Enter}{/Control}');
  await expect
    .poll(() => sent)
    .toMatchObject([
      { messages: [{ role: 'user', content: 'Win a prize' }], plumbline_variables: { company: 'Acme' } },
    ]);
});

/** Asks the variant of the address, and nothing else, by a message. */
async function answering(message: string, as = all) {
  const included: (string | null)[] = [];
  const { user } = visit(`/playground?model1=variant/${variants[0]?.variantDigest}`, {
    as,
    but: [
      http.post('*/v1/chat/completions', ({ request }) => {
        included.push(request.headers.get('x-plumbline-include'));
        return undefined;
      }),
    ],
  });
  await entering(user, await screen.findByLabelText('Message 1'), message);
  await user.click(screen.getByText('Run'));
  await screen.findByText('Finished');
  return { user, included };
}

it('opens what an answer cites beside it, from its marks and from the list', async () => {
  const { user, included } = await answering('How is a gift card paid back?');
  expect(included).toEqual(['passages']);
  const a = column('A');
  expect(a.getByRole('region', { name: 'Answer of column A' })).toHaveTextContent(
    'Money is paid back within a week [1]. A gift card comes as a new one [1][2].',
  );
  const listed = within(a.getByRole('list', { name: 'Cited passages of column A' }));
  const first = listed.getByRole('button', { name: '[1] Returns > Refunds' });
  expect(first).toHaveAttribute('aria-expanded', 'false');
  expect(listed.queryByText(/A <b>gift card<\/b> is paid back/)).toBeNull();

  const region = within(a.getByRole('region', { name: 'Answer of column A' }));
  const [mark] = region.getAllByRole('button', { name: '[1] Returns > Refunds' });
  if (mark === undefined) throw new Error('no mark');
  await user.click(mark);
  expect(first).toHaveFocus();
  expect(listed.getByText(/A <b>gift card<\/b> is paid back/)).toBeVisible();
  expect(listed.getByRole('link')).toHaveAttribute('href', 'https://help.example.com/returns');
  await user.click(first);
  expect(listed.queryByText(/A <b>gift card<\/b> is paid back/)).toBeNull();

  await user.click(listed.getByRole('button', { name: '[2] Shipping' }));
  expect(listed.getByText(/Parcels leave our warehouse/)).toBeVisible();
  expect(listed.queryByRole('link')).toBeNull();
  expect(a.getByText('0.831')).toBeVisible();
  expect(a.queryByText('Abstained')).toBeNull();
});

it('shows the passages that were retrieved and not cited', async () => {
  const { user } = visit(`/playground?model1=variant/${variants[0]?.variantDigest}`, {
    as: all,
    but: [
      http.post('*/v1/chat/completions', () =>
        eventStream(
          [chunk({ content: 'A week.' }), { ...chunk({}, 'stop'), plumbline: { passages } }, '[DONE]'].map(data),
        ),
      ),
    ],
  });
  await entering(user, await screen.findByLabelText('Message 1'), 'How long?');
  await user.click(screen.getByText('Run'));
  const others = await screen.findByRole('list', { name: 'Retrieved and not cited of column A' });
  expect(within(others).getAllByRole('button')).toHaveLength(2);
  expect(screen.queryByRole('list', { name: 'Cited passages of column A' })).toBeNull();
});

it('includes no passages for a role that may not, and says so where one is opened', async () => {
  const { user, included } = await answering('How is a gift card paid back?', vera);
  expect(included).toEqual([null]);
  const listed = within(column('A').getByRole('list', { name: 'Cited passages of column A' }));
  await user.click(listed.getByRole('button', { name: '[1] Returns > Refunds' }));
  expect(listed.getByText(/Prompt and ML engineers get it/)).toBeVisible();
});

it('says that a variant abstained, and how sure its model was', async () => {
  await answering('How is the weather?');
  expect(column('A').getByText('Abstained')).toBeVisible();
  expect(column('A').getByText('0.214')).toBeVisible();
});

it('has no field for the passages of a variant’s prompt, which retrieval fills', async () => {
  const [version] = versions;
  visit(`/playground?model1=variant/${variants[0]?.variantDigest}`, {
    but: [
      http.get('*/api/prompt-versions/:digest', () =>
        json({
          ...version,
          variables: { type: 'object', properties: { passages: { type: 'string' }, tone: { type: 'string' } } },
        }),
      ),
    ],
  });
  expect(await screen.findByLabelText(/^tone/)).toBeVisible();
  expect(screen.queryByLabelText(/^passages/)).toBeNull();
});

it('stops what is running and keeps what has arrived', async () => {
  const { user } = visit('/playground?model1=acme-llm/large', {
    but: [
      http.post('*/v1/chat/completions', () => {
        const part = 'data: {"choices":[{"index":0,"delta":{"content":"Half"}}]}\n\n';
        return new Response(
          new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(part)) }),
          { headers: { 'Content-Type': 'text/event-stream' } },
        ) as never;
      }),
    ],
  });
  await entering(user, await screen.findByLabelText('Message 1'), 'Hi');
  await user.click(screen.getByText('Run'));
  expect(await column('A').findByText('Half')).toBeVisible();
  expect(column('A').getByText('Streaming')).toBeVisible();
  await user.click(screen.getByText('Stop'));
  expect(await column('A').findByText('Stopped')).toBeVisible();
  expect(column('A').getByText('Half')).toBeVisible();
  await waitFor(() => expect(screen.getByText('Run').closest('button')).not.toHaveAttribute('aria-disabled', 'true'));
});

it('keeps ids in the address, and texts and answers over a reload', async () => {
  const first = visit('/playground');
  await screen.findByRole('option', { name: 'acme-llm/large' });
  await first.user.selectOptions(screen.getByLabelText(/^Model or variant/), 'acme-llm/large');
  await entering(first.user, screen.getByLabelText('Message 1'), 'Where is it?');
  await waitFor(() => expect(first.address()).toBe('/playground?model1=acme-llm%2Flarge'));
  await first.user.click(screen.getByText('Run'));
  await screen.findByText('Finished');
  first.unmount();

  visit('/playground');
  expect(await screen.findByLabelText('Message 1')).toHaveValue('Where is it?');
  expect(screen.getByText(/arrives on Thursday/)).toBeVisible();
});

it('adds, duplicates and removes columns, up to four', async () => {
  const { user, address } = visit('/playground?model1=acme-llm/large');
  await user.click(await screen.findByRole('button', { name: 'Duplicate column A' }));
  await waitFor(() => expect(address()).toBe('/playground?model1=acme-llm%2Flarge&model2=acme-llm%2Flarge'));
  await user.click(screen.getByText('Add a column'));
  await user.click(screen.getByText('Add a column'));
  expect(screen.getByText('Add a column').closest('button')).toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByRole('button', { name: 'Duplicate column A' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Remove column A' }));
  expect(screen.getAllByRole('region', { name: /^Column/ })).toHaveLength(3);
});

it('inserts and moves messages of the conversation, and takes the focus along', async () => {
  const { user } = visit('/playground?model1=acme-llm/large');
  await entering(user, await screen.findByLabelText('Message 1'), 'Where is it?');
  await user.click(screen.getByRole('button', { name: 'Insert before message 1' }));
  expect(screen.getByLabelText('Message 1')).toHaveFocus();
  await user.keyboard('Hello');
  await user.click(screen.getByRole('button', { name: 'Move down message 1' }));
  expect(screen.getByRole('button', { name: 'Move down message 2' })).toHaveFocus();
  expect(screen.getByLabelText('Message 1')).toHaveValue('Where is it?');
  expect(screen.getByLabelText('Message 2')).toHaveValue('Hello');
});

it('adds what was asked, with the answer, to the draft of a dataset', async () => {
  const { sent, handler } = taking('*/api/datasets/support/draft/items', {}, 200);
  const { user } = visit('/playground?model1=acme-llm/large', { as: all, but: [handler] });
  await entering(user, await screen.findByLabelText('Message 1'), 'Where is my order?');
  await user.click(screen.getByText('Run'));
  await user.click(await column('A').findByRole('button', { name: 'Add to a dataset, column A' }));
  const form = await dialog();
  await form.findByRole('option', { name: 'support' });
  await user.selectOptions(form.getByLabelText(/^Dataset/), 'support');
  await user.click(form.getByRole('button', { name: 'Add to the draft' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        messages: [{ role: 'user', content: 'Where is my order?' }],
        expected: { references: [expect.stringContaining('arrives on Thursday') as string] },
        source: { kind: 'PLAYGROUND', responseId: expect.stringMatching('^chatcmpl-') as string },
      },
    ]);
});

it('says what is missing before it can run', async () => {
  visit('/playground');
  const run = (await screen.findByText('Run')).closest('button');
  expect(run).toHaveAttribute('aria-disabled', 'true');
  expect(run).toHaveAccessibleDescription('Choose a model in column A.');
});

it('edits a version as a draft, renders it, and publishes it from its version', async () => {
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...versions[0], version: 4, lint: [] });
  const { user, address } = visit('/playground?model1=acme-llm/large&prompt1=mail-triage@3', { but: [handler] });
  const edit = await screen.findByRole('button', { name: 'Edit as a draft in column A' });
  await waitFor(() => expect(edit).toBeEnabled());
  await user.click(edit);
  await entering(user, screen.getByLabelText('Prompt message A1'), ' Be brief, {{tone}}.');
  expect(await screen.findByLabelText(/^tone/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save as version, column A' }));
  const form = await dialog();
  expect(form.getByLabelText('Prompt')).toHaveValue('mail-triage');
  await entering(user, form.getByLabelText(/What changed/), 'Brief');
  await user.click(form.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        message: 'Brief',
        parent: 3,
        parameters: { temperature: 0, max_tokens: 16 },
        variables: { required: ['company', 'mail', 'tone'] },
      },
    ]);
  expect(await screen.findByRole('link', { name: 'mail-triage v4' })).toBeVisible();
  await waitFor(() => expect(address()).toContain('prompt1=mail-triage%404'));
});

it('saves a conversation as the first version of a new prompt', async () => {
  const created = taking('*/api/prompts');
  const published = taking('*/api/prompts/greeting/versions', {
    ...versions[2],
    prompt: 'greeting',
    version: 1,
    lint: [],
  });
  const { user } = visit('/playground?model1=acme-llm/large', { but: [created.handler, published.handler] });
  await entering(user, await screen.findByLabelText('Message 1'), 'Greet {{name}}');
  await user.click(screen.getByRole('button', { name: 'Save as version, column A' }));
  const form = await dialog();
  expect(form.getByRole('button', { name: 'Publish version' })).toHaveAttribute('aria-disabled', 'true');
  await entering(user, form.getByLabelText(/^Name/), 'greeting');
  await entering(user, form.getByLabelText(/What changed/), 'First');
  await user.click(form.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => published.sent)
    .toMatchObject([{ messages: [{ role: 'user', content: 'Greet {{name}}' }], variables: { required: ['name'] } }]);
  expect(created.sent).toEqual([{ name: 'greeting', description: '', tags: [] }]);
});

it('lets a viewer ask, and says which role saves versions', async () => {
  visit('/playground?model1=acme-llm/large', { as: vera });
  expect(await screen.findByRole('button', { name: 'Save as version, column A' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  expect(screen.getByRole('button', { name: 'Take an item of a dataset' })).toHaveAttribute('aria-disabled', 'true');
});

it('offers variants to who may try them, and to a viewer what is released', async () => {
  const { unmount } = visit('/playground', { as: cleo });
  expect(await screen.findByRole('group', { name: 'Variants' })).toBeInTheDocument();
  unmount();
  visit('/playground', { as: vera });
  expect(await screen.findByRole('group', { name: 'Applications' })).toBeInTheDocument();
  expect(screen.queryByRole('group', { name: 'Variants' })).not.toBeInTheDocument();
});

it('opens from a prompt version', async () => {
  visit('/prompts/mail-triage/versions/3');
  expect(await screen.findByRole('link', { name: 'Open in playground' })).toHaveAttribute(
    'href',
    '/playground?prompt1=mail-triage%403',
  );
});

it('opens from a trace with what was asked of the variant, and reads it once', async () => {
  const read = vi.fn<() => void>();
  const content = {
    contents: 'MASKED',
    input: { messages: [{ role: 'user', content: 'Write to <EMAIL>' }], plumbline_variables: { mail: 'Hi' } },
    output: null,
    truncated: false,
  };
  const { user, address } = visit('/traces/0190e000-0000-7000-8000-0000000000a1', {
    as: cleo,
    but: [
      http.get('*/api/traces/:id/content', () => {
        read();
        return json(content);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Open in playground' }));
  expect(await screen.findByLabelText('Message 1')).toHaveValue('Write to <EMAIL>');
  expect(await screen.findByLabelText(/^mail/)).toHaveValue('Hi');
  await waitFor(() => expect(address()).toMatch(/^\/playground\?model1=variant%2F[0-9a-f]{64}$/));
  expect(read).toHaveBeenCalledOnce();
});

it('opens with an item of a dataset, tools and all', async () => {
  const { user } = visit('/playground?model1=acme-llm/large', { as: all });
  await user.click(await screen.findByRole('button', { name: 'Take an item of a dataset' }));
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'support');
  await form.findByRole('option', { name: 'v1' });
  await user.selectOptions(form.getByLabelText(/^Version/), '1');
  expect(await form.findByText('<EMAIL>')).toBeVisible();
  expect(form.getByText(/Is this one in stock\?/)).toBeVisible();
  await user.click(form.getByRole('radio', { name: 'Row 4' }));
  await user.click(form.getByRole('button', { name: 'Take the item' }));
  expect(await screen.findByText(/Taken from the item support\/1\//)).toBeVisible();
});

it('finds an item by what it says, and takes none before one is chosen', async () => {
  const { user } = visit('/playground?model1=acme-llm/large', { as: all });
  await user.click(await screen.findByRole('button', { name: 'Take an item of a dataset' }));
  const form = await dialog();
  await user.selectOptions(await form.findByLabelText(/^Dataset/), 'mails');
  await form.findByRole('option', { name: 'v1' });
  await user.selectOptions(form.getByLabelText(/^Version/), '1');
  expect(await form.findByRole('radio', { name: 'Row 1' })).toBeVisible();
  expect(form.getByRole('button', { name: 'Take the item' })).toHaveAttribute('aria-disabled', 'true');
  await user.type(form.getByRole('textbox', { name: 'Search the texts of the items' }), 'noon{Enter}');
  await waitFor(() => expect(form.queryByRole('radio', { name: 'Row 1' })).toBeNull());
  expect(form.getByRole('radio', { name: 'Row 2' })).toBeVisible();
  await user.clear(form.getByRole('textbox', { name: 'Search the texts of the items' }));
  await user.type(form.getByRole('textbox', { name: 'Search the texts of the items' }), 'nowhere{Enter}');
  expect(await form.findByText(/^No item contains this text/)).toBeVisible();
});

it('says what failed while a list cannot be loaded, and what cannot be called yet', async () => {
  const { unmount } = visit('/playground', { scenario: 'error' });
  expect(
    await screen.findByText(/The list is not complete\. The service is down\. It will be back by itself/),
  ).toBeVisible();
  unmount();
  sessionStorage.clear();
  visit('/playground', { scenario: 'empty' });
  expect(await screen.findByText(/Nothing can be called yet/)).toBeVisible();
});

it('says that the contents of a trace cannot be read', async () => {
  visit('/playground?trace=0190e000-0000-7000-8000-0000000000a1', {
    but: [
      completionHandler,
      http.get('*/api/traces/:id/content', () => problem(403, { title: 'Your roles do not allow this' })),
    ],
  });
  expect(await screen.findByText(/Your roles do not allow this/)).toBeVisible();
});
