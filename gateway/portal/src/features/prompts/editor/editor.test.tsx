import { screen, within } from '@testing-library/react';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../../test/mocks/handlers';
import { versions } from '../../../../test/mocks/world';
import { visit } from '../../../../test/portal';
import { taking } from '../../../../test/requests';
import { writtenAs } from '@/shared/data/promptVersions';

const [version] = versions;
if (version === undefined) throw new Error('a version');
const { messages, variables, examples, parameters, responseFormat } = writtenAs(version);

const group = async (name: string | RegExp) => within(await screen.findByRole('group', { name }));

/** Opens the editor on the newest version, and keeps what is published from it. */
function edit(from = 3) {
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...version, lint: [] });
  const { user } = visit(`/prompts/mail-triage/new-version?from=${from}`, { but: [handler] });
  return {
    user,
    published: async () => {
      await user.type(screen.getByLabelText(/What changed/), 'Why');
      await user.click(screen.getByRole('button', { name: 'Publish version' }));
      await expect.poll(() => sent).toHaveLength(1);
      return sent[0];
    },
  };
}

it('publishes what it started from where nothing was changed', async () => {
  const { published } = edit();
  expect(await screen.findByLabelText('Message 1')).toBeVisible();
  expect(await published()).toMatchObject({ messages, variables, examples, parameters, responseFormat });
});

it('writes a first version as the guide to a first release says', async () => {
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...version, version: 1, lint: [] });
  const { user } = visit('/prompts/mail-triage/new-version', { scenario: 'empty', but: [handler] });
  const pasted = [
    { input: 'The driver lost my parcel', output: 'delivery' },
    { input: 'Logging in does not work', output: 'technical' },
  ];
  await user.click(await screen.findByLabelText('Message 1'));
  await user.paste('You sort the messages of customers.');
  await user.click(screen.getByLabelText('Message 2'));
  await user.paste('{{message}}');
  await user.click(screen.getByRole('button', { name: 'Declare variables found in the text' }));
  await user.click(screen.getByRole('button', { name: 'Add several as JSON' }));
  await user.click(screen.getByLabelText('Examples, as JSON'));
  await user.paste(JSON.stringify(pasted));
  await user.click(screen.getByRole('button', { name: 'Add them' }));
  await user.selectOptions(screen.getByLabelText('Response format'), 'one of these answers');
  await user.type(screen.getByLabelText(/^Answers to choose from/), 'delivery\ntechnical');
  await user.type(screen.getByLabelText(/What changed/), 'First version');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        message: 'First version',
        messages: [
          { role: 'system', content: 'You sort the messages of customers.' },
          { role: 'user', content: '{{message}}' },
        ],
        variables: { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] },
        examples: pasted,
        parameters: {},
        responseFormat: {
          type: 'object',
          properties: { answer: { enum: ['delivery', 'technical'] } },
          required: ['answer'],
          additionalProperties: false,
        },
      },
    ]);
});

it('edits variables row by row, and leaves a nested one as its JSON Schema', async () => {
  const { user, published } = edit();
  const company = await group('The variable 1');
  expect(company.getByLabelText(/^Name/)).toHaveValue('company');
  expect(company.getByLabelText('Description')).toHaveValue('Whose inbox it is');
  const locale = await group('The variable 2');
  expect(locale.getByLabelText('Type')).toHaveDisplayValue('one of');
  await user.type(locale.getByLabelText(/^Allowed values/), '\nfr');
  await user.selectOptions(locale.getByLabelText('Default'), 'fr');
  const mail = await group('The variable 3');
  expect(mail.getByLabelText('Type')).toHaveDisplayValue('as JSON Schema');
  expect(JSON.parse(mail.getByLabelText<HTMLTextAreaElement>(/^JSON Schema/).value)).toMatchObject({ type: 'object' });

  await user.click(screen.getByRole('button', { name: 'Add a variable' }));
  const limit = await group('The variable 4');
  expect(limit.getByLabelText(/^Name/)).toHaveFocus();
  await user.keyboard('limit');
  await user.selectOptions(limit.getByLabelText('Type'), 'integer');
  expect(limit.getByLabelText('Type')).toHaveFocus();
  await user.type(limit.getByLabelText('Default'), '3');
  await user.click(limit.getByRole('checkbox', { name: 'Required' }));
  const { properties, ...rest } = variables as { properties: object };
  expect(await published()).toMatchObject({
    variables: {
      ...rest,
      properties: {
        ...properties,
        locale: { enum: ['en', 'de', 'fr'], default: 'fr' },
        limit: { type: 'integer', default: 3 },
      },
    },
  });
});

it('edits all variables as JSON where fields cannot say what is meant, and by fields again', async () => {
  const { user, published } = edit(1);
  await user.click(await screen.findByRole('button', { name: 'Edit all as JSON, variables' }));
  const toggle = screen.getByRole('button', { name: 'Edit by fields, variables' });
  expect(toggle).toHaveFocus();
  const json = screen.getByLabelText('JSON Schema of the variables');
  await user.clear(json);
  expect(toggle).toHaveAttribute('aria-disabled', 'true');
  await user.type(json, '{{"type": "object", "properties": {{"mail": {{"type": "string", "maxLength": 9}}}');
  await user.click(toggle);
  expect((await group('The variable 1')).getByLabelText('Type')).toHaveDisplayValue('as JSON Schema');
  expect(await published()).toMatchObject({
    variables: { type: 'object', properties: { mail: { type: 'string', maxLength: 9 } } },
  });
});

it('declares the variables that the text names', async () => {
  const { user, published } = edit(1);
  await user.type(await screen.findByLabelText('Message 1'), ' in {{{{locale}}');
  await user.click(screen.getByRole('button', { name: 'Declare variables found in the text' }));
  expect((await group('The variable 2')).getByLabelText(/^Name/)).toHaveValue('locale');
  expect(await published()).toMatchObject({
    variables: { properties: { mail: { type: 'string' }, locale: { type: 'string' } }, required: ['mail', 'locale'] },
  });
});

it('inserts, moves and removes messages by keyboard, and keeps the focus with them', async () => {
  const { user, published } = edit();
  (await screen.findByRole('button', { name: 'Insert before message 2' })).focus();
  await user.keyboard('{Enter}');
  expect(screen.getByLabelText('Message 2')).toHaveFocus();
  await user.keyboard('Be brief.');
  screen.getByRole('button', { name: 'Move up message 2' }).focus();
  await user.keyboard('{Enter}');
  expect(screen.getByRole('button', { name: 'Move up message 1' })).toHaveFocus();
  expect(screen.getByText('Message 2 is now number 1 of 3.')).toHaveRole('status');
  await user.keyboard('{Enter}');
  expect(screen.getByLabelText('Message 1')).toHaveValue('Be brief.');
  screen.getByRole('button', { name: 'Remove message 3' }).focus();
  await user.keyboard('{Enter}');
  expect(screen.getByLabelText('Message 2')).toHaveFocus();
  expect(await published()).toMatchObject({ messages: [{ role: 'user', content: 'Be brief.' }, messages[0]] });
});

it('takes the place of the conversation anywhere', async () => {
  const { user, published } = edit(1);
  await user.click(await screen.findByRole('button', { name: 'Add the conversation' }));
  await user.click(screen.getByRole('button', { name: 'Move up the conversation' }));
  expect(screen.getByRole('button', { name: 'Move up the conversation' })).toHaveFocus();
  expect(await published()).toMatchObject({ messages: [{ type: 'placeholder' }, { role: 'user' }] });
});

it('adds, moves and removes examples, one by one or several at once', async () => {
  const { user, published } = edit();
  await user.click(await screen.findByRole('button', { name: 'Move down example 1' }));
  await user.click(screen.getByRole('button', { name: 'Remove example 1' }));
  await user.click(screen.getByRole('button', { name: 'Add an example' }));
  const second = await group('The example 2');
  expect(second.getByLabelText(/^Input/)).toHaveFocus();
  expect(screen.getByRole('button', { name: 'Lint the draft' })).toBeDisabled();
  await user.type(second.getByLabelText(/^Input/), 'Hi');
  await user.type(second.getByLabelText(/^Output/), 'personal');
  await user.click(screen.getByRole('button', { name: 'Add several as JSON' }));
  await user.type(screen.getByLabelText('Examples, as JSON'), '[[{{"input": "a"}]');
  expect(screen.getByText(/^Example 1 must be/)).toBeVisible();
  await user.clear(screen.getByLabelText('Examples, as JSON'));
  await user.type(screen.getByLabelText('Examples, as JSON'), '[[{{"input": "a", "output": "b"}]');
  await user.click(screen.getByRole('button', { name: 'Add them' }));
  expect(await published()).toMatchObject({
    examples: [examples[0], { input: 'Hi', output: 'personal' }, { input: 'a', output: 'b' }],
  });
});

it('takes parameters by the names of the protocol, and any other with its value as JSON', async () => {
  const { user, published } = edit();
  expect(await screen.findByLabelText('temperature')).toHaveValue('0');
  const limit = await group('The further parameter 1');
  expect(limit.getByLabelText(/^Name/)).toHaveValue('max_tokens');
  await user.clear(screen.getByLabelText('temperature'));
  await user.type(screen.getByLabelText('top_p'), '2');
  expect(screen.getByLabelText('top_p')).toHaveAccessibleDescription(/not a number from 0 to 1/);
  await user.clear(screen.getByLabelText('top_p'));
  await user.type(screen.getByLabelText('top_p'), '0.5');
  await user.type(screen.getByLabelText('stop'), '\\n\\n\nEND');
  await user.click(screen.getByRole('button', { name: 'Remove further parameter 1' }));
  expect(screen.getByRole('button', { name: 'Add a further parameter' })).toHaveFocus();
  await user.keyboard('{Enter}top_k');
  await user.type((await group('The further parameter 1')).getByLabelText(/^Value/), '40');
  expect(await published()).toMatchObject({ parameters: { top_p: 0.5, stop: ['\n\n', 'END'], top_k: 40 } });
});

it('holds answers to a list of them, or to a schema that starts from the list', async () => {
  const { user, published } = edit(1);
  await user.selectOptions(await screen.findByLabelText('Response format'), 'one of these answers');
  const answers = screen.getByLabelText(/^Answers to choose from/);
  await user.type(answers, 'spam, personal');
  expect(answers).toHaveAccessibleDescription(/at least two answers, one per line/);
  await user.clear(answers);
  await user.type(answers, 'spam\npersonal');
  await user.selectOptions(screen.getByLabelText('Response format'), 'JSON that follows a schema');
  expect((await group('The field 1')).getByLabelText(/^Allowed values/)).toHaveValue('spam\npersonal');
  await user.click(screen.getByRole('button', { name: 'Add a field' }));
  await user.keyboard('reason');
  expect(await published()).toMatchObject({
    responseFormat: {
      type: 'object',
      properties: { answer: { enum: ['spam', 'personal'] }, reason: { type: 'string' } },
      required: ['answer', 'reason'],
      additionalProperties: false,
    },
  });
});

it('gives the model tools, with arguments by fields', async () => {
  const { user, published } = edit(1);
  await user.click(await screen.findByRole('button', { name: 'Add a tool' }));
  const tool = await group('The tool 1');
  await user.keyboard('find_order');
  await user.type(tool.getByLabelText('Description'), 'Finds an order');
  await user.click(tool.getByRole('button', { name: 'Add an argument' }));
  await user.keyboard('number');
  await user.selectOptions(screen.getByLabelText('Tool choice'), 'always find_order');
  expect(await published()).toMatchObject({
    parameters: {
      tools: [
        {
          type: 'function',
          function: {
            name: 'find_order',
            description: 'Finds an order',
            parameters: {
              type: 'object',
              additionalProperties: false,
              properties: { number: { type: 'string' } },
              required: ['number'],
            },
          },
        },
      ],
      tool_choice: { type: 'function', function: { name: 'find_order' } },
    },
  });
});

it('moves and removes tools with their arguments', async () => {
  const tools = ['find_order', 'find_customer', 'now'].map((name) => ({
    type: 'function',
    function: {
      name,
      parameters: { type: 'object', properties: { [`${name}_id`]: { type: 'string' }, one: { type: 'string' } } },
    },
  }));
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...version, lint: [] });
  const armed = { ...version, parameters: { tools } } as unknown as JsonBodyType;
  const { user } = visit('/prompts/mail-triage/new-version?from=3', {
    but: [handler, http.get('*/api/prompts/mail-triage/versions/3', () => HttpResponse.json(armed))],
  });
  await user.click(await screen.findByRole('button', { name: 'Move down tool 1' }));
  expect(screen.getByRole('button', { name: 'Move down tool 2' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove argument 2 of tool 2' }));
  await user.click(screen.getByRole('button', { name: 'Remove tool 1' }));
  expect((await group('The argument 1 of tool 1')).getByLabelText(/^Name/)).toHaveValue('find_order_id');
  expect((await group('The argument 2 of tool 2')).getByLabelText(/^Name/)).toHaveValue('one');
  await user.click(screen.getByRole('button', { name: 'Edit all as JSON, arguments of tool 2' }));
  await user.type(screen.getByLabelText(/What changed/), 'Why');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  const order = {
    type: 'function',
    function: {
      name: 'find_order',
      parameters: { type: 'object', properties: { find_order_id: { type: 'string' } } },
    },
  };
  await expect.poll(() => sent).toMatchObject([{ parameters: { tools: [order, tools[2]] } }]);
});

it('shows each refusal at the field that it is about', async () => {
  const refusal = problem(422, {
    title: 'The content of the prompt is not valid',
    errors: [
      { pointer: '/variables/properties/company', detail: 'clashes with the partial' },
      { pointer: '/variables/properties/mail/properties/body/pattern', detail: 'has a pattern' },
      { pointer: '/variables/$id', detail: 'leads elsewhere' },
      { pointer: '/examples/1/output', detail: 'is too long' },
      { pointer: '/parameters/temperature', detail: 'is too hot' },
      { pointer: '/parameters/max_tokens', detail: 'is too few' },
      { pointer: '/responseFormat/properties/label/enum', detail: 'has a value twice' },
    ],
  });
  const { user } = visit('/prompts/mail-triage/new-version', {
    but: [http.post('*/api/prompts/mail-triage/versions', () => refusal)],
  });
  await user.type(await screen.findByLabelText(/What changed/), 'Why');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  const describes = async (name: string, label: RegExp | string, fault: RegExp) =>
    expect((await group(name)).getByLabelText(label)).toHaveAccessibleDescription(fault);
  await expect.poll(() => screen.getByLabelText('temperature')).toHaveAccessibleDescription(/is too hot/);
  await describes('The variable 1', /^Name/, /clashes with the partial/);
  await describes('The variable 3', /^JSON Schema/, /has a pattern/);
  await describes('The example 2', /^Output/, /is too long/);
  await describes('The further parameter 1', /^Value/, /is too few/);
  await describes('The field 1', /^Allowed values/, /has a value twice/);
  expect(screen.getByText('leads elsewhere')).toBeVisible();
});

it('starts from the version where a draft was kept by an earlier page', async () => {
  const earlier = { message: 'Shorter', messages, variables: '{}', examples: '[]', parameters: '{}' };
  sessionStorage.setItem('plumbline.draft.version.mail-triage', JSON.stringify(earlier));
  visit('/prompts/mail-triage/new-version');
  expect(await screen.findByLabelText(/What changed/)).toHaveValue('');
  expect((await group('The variable 1')).getByLabelText(/^Name/)).toHaveValue('company');
});

it('keeps what was typed into the rows for the next visit', async () => {
  const { user, unmount } = visit('/prompts/mail-triage/new-version');
  await user.click(await screen.findByRole('button', { name: 'Add a variable' }));
  await user.keyboard('tone');
  unmount();
  const again = visit('/prompts/mail-triage/new-version');
  expect((await group('The variable 4')).getByLabelText(/^Name/)).toHaveValue('tone');
  await again.user.click(screen.getByRole('button', { name: 'Discard it' }));
  expect(screen.queryByRole('group', { name: 'The variable 4' })).not.toBeInTheDocument();
});
