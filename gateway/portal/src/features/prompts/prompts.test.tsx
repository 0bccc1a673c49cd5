import { screen, within } from '@testing-library/react';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { difference, vera, versions } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { taking } from '../../../test/requests';

it('keeps search and tag in the address', async () => {
  const { user, address } = visit('/prompts');
  await user.type(await screen.findByRole('textbox', { name: 'Search prompts' }), 'mail{Enter}');
  expect(address()).toBe('/prompts?q=mail');
  await user.click(await screen.findByRole('button', { name: 'classification' }));
  expect(address()).toBe('/prompts?q=mail&tag=classification');
});

it('says what a library without prompts is for and offers the first', async () => {
  visit('/prompts', { scenario: 'empty' });
  expect(await screen.findByText('No prompts yet')).toBeVisible();
  expect(screen.getAllByRole('button', { name: 'New prompt' })).not.toHaveLength(0);
});

it('opens the form for a new prompt from its address, and says what it still lacks', async () => {
  const { user, address } = visit('/prompts?do=new');
  const dialog = await screen.findByRole('dialog', { name: 'New prompt' });
  expect(within(dialog).getByText('Enter a name.')).toBeVisible();
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(address()).toBe('/prompts');
});

it('opens no form for a new prompt for a viewer', async () => {
  visit('/prompts?do=new', { as: vera });
  expect(await screen.findByRole('link', { name: 'mail-triage' })).toBeVisible();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

it('leads from a published version to the applications that can use it', async () => {
  visit('/prompts/mail-triage/versions/3');
  expect(await screen.findByRole('link', { name: 'Compose a variant in an application' })).toHaveAttribute(
    'href',
    '/apps',
  );
});

it('offers writing only to those who may', async () => {
  visit('/prompts', { as: vera });
  expect(await screen.findByRole('link', { name: 'mail-triage' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'New prompt' })).not.toBeInTheDocument();
});

it('compares two chosen versions', async () => {
  const { user, address } = visit('/prompts/mail-triage');
  await user.click(await screen.findByRole('checkbox', { name: 'Choose version 3' }));
  await user.click(screen.getByRole('checkbox', { name: 'Choose version 1' }));
  await user.click(screen.getByRole('button', { name: 'Compare the chosen versions' }));
  expect(await screen.findByRole('table', { name: 'Message 1 of v1 and v3' })).toBeVisible();
  expect(address()).toBe('/prompts/mail-triage/compare?from=1&to=3');
});

it('marks changed variables as whole tokens, and names what became of each', async () => {
  visit('/prompts/mail-triage/compare?from=2&to=3');
  const table = await screen.findByRole('table', { name: 'Message 2 of v2 and v3' });
  expect(within(table).getByText('{{mail}}').closest('del')).not.toBeNull();
  expect(within(table).getByText('{{mail.body}}').closest('ins')).not.toBeNull();
  expect(screen.getByText('+ locale added')).toBeVisible();
  expect(screen.getByText('mail changed')).toBeVisible();
});

it('shows the examples and the settings that differ', async () => {
  const { user } = visit('/prompts/mail-triage/compare?from=2&to=3');
  const examples = await screen.findByRole('table', { name: 'Examples of v2 and v3' });
  expect(within(examples).getByRole('row', { name: /^added/ })).toHaveTextContent('Lunch on Friday?');
  await user.click(screen.getByRole('tab', { name: 'Configuration' }));
  const settings = await screen.findByRole('table', { name: 'Configuration of v2 and v3' });
  expect(within(settings).getByRole('row', { name: /temperature/ })).toHaveTextContent('0.20');
  expect(within(settings).getByRole('row', { name: /max_tokens/ })).toHaveTextContent('absent16');
});

it('says of a protected label that the move waits for another person', async () => {
  const { user } = visit('/prompts/mail-triage?tab=labels');
  const label = await screen.findByRole('textbox', { name: /Label/ });
  await user.clear(label);
  await user.type(label, 'production');
  await user.click(screen.getByRole('button', { name: 'Move' }));
  expect(await screen.findByText(/moves once another person approves/)).toBeVisible();
});

it('shows a refusal at the field it is about, and keeps the text for the next visit', async () => {
  const refusal = problem(400, {
    title: 'The version is not valid',
    detail: 'Correct the named fields.',
    errors: [{ pointer: '/messages/0/content', detail: 'names {{company}}, which is not declared' }],
  });
  const { user, unmount } = visit('/prompts/mail-triage/new-version', {
    but: [http.post('*/api/prompts/mail-triage/versions', () => refusal)],
  });
  const message = await screen.findByLabelText(/What changed/);
  await user.type(message, 'Shorter');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  expect(await screen.findByText('The version is not valid', { exact: false })).toBeVisible();
  expect(screen.getByLabelText('Message 1')).toHaveAccessibleDescription(/names {{company}}, which is not declared/);
  unmount();

  visit('/prompts/mail-triage/new-version');
  expect(await screen.findByLabelText(/What changed/)).toHaveValue('Shorter');
  expect(screen.getByText(/Your unpublished text was restored/)).toBeVisible();
});

it('asks why a version with errors of the linter is published, and sends the reason', async () => {
  const sent: JsonBodyType[] = [];
  const { user } = visit('/prompts/mail-triage/new-version', {
    but: [
      http.post('*/api/prompts/mail-triage/versions', async ({ request }) => {
        const body = (await request.json()) as { lintReason?: string };
        sent.push(body);
        return body.lintReason === undefined
          ? problem(422, {
              type: '/problems/lint-errors',
              title: 'The linter finds errors, and no reason was given',
              errors: [{ pointer: '/messages/0/content', detail: '{company} is sent as it stands' }],
            })
          : HttpResponse.json({ ...versions[0], lint: [] } as JsonBodyType, { status: 201 });
      }),
    ],
  });
  await user.type(await screen.findByLabelText(/What changed/), 'Shorter');
  expect(screen.queryByLabelText(/^Why it is published although/)).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await user.type(await screen.findByLabelText(/^Why it is published although/), 'Trusted');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await expect.poll(() => sent).toMatchObject([{ message: 'Shorter' }, { lintReason: 'Trusted' }]);
});

it('says of a version that its order was lost, and why it was published with errors', async () => {
  const old = {
    ...versions[2],
    notes: ['The order of the properties of its schemas was lost. Publish it again.'],
    lintReason: 'Its values are our own.',
  };
  visit('/prompts/mail-triage/versions/1', {
    but: [http.get('*/api/prompts/mail-triage/versions/1', () => HttpResponse.json(old as JsonBodyType))],
  });
  expect(await screen.findByText(/order of the properties of its schemas was lost/)).toBeVisible();
  expect(screen.getByText('Its values are our own.')).toBeVisible();
});

it('shows lint findings without publishing', async () => {
  const { user } = visit('/prompts/mail-triage/new-version');
  await user.click(await screen.findByRole('button', { name: 'Lint the draft' }));
  expect(await screen.findByText('Untrusted variable')).toBeVisible();
  expect(screen.getByText(/Each call takes about 1,234 tokens/)).toBeVisible();
});

it('says what a version still lacks', async () => {
  visit('/prompts/mail-triage/new-version');
  const publish = await screen.findByRole('button', { name: 'Publish version' });
  expect(publish).toHaveAttribute('aria-disabled', 'true');
  expect(publish).toHaveAccessibleDescription('Describe what changed and why.');
});

it('renders a version with a field for each variable, and shows a refusal at the variable it is about', async () => {
  const { user } = visit('/prompts/mail-triage/versions/3', { as: vera });
  await user.type(await screen.findByLabelText(/^company/), 'Acme');
  await user.selectOptions(screen.getByLabelText('locale'), 'de');
  await user.click(screen.getByRole('button', { name: 'Render' }));
  expect(await screen.findByText('The variables do not fit the prompt', { exact: false })).toBeVisible();
  expect(screen.getByLabelText(/^mail/)).toHaveAccessibleDescription(/^required property 'mail' not found/);

  await user.type(screen.getByLabelText(/^mail/), '{{"body": "Win a prize"}');
  await user.click(screen.getByRole('button', { name: 'Render' }));
  expect(await screen.findByText(/You sort mail for Acme in de\./)).toBeVisible();
  expect(screen.getByText(/Win a prize$/)).toBeVisible();
  expect(screen.getByText('42 tokens')).toBeVisible();
  expect(screen.queryByText('rendered with earlier values')).not.toBeInTheDocument();

  await user.type(screen.getByLabelText(/^company/), ' Ltd');
  expect(screen.getByText('rendered with earlier values')).toBeVisible();
});

it('takes the conversation into a version, once, as a row of its own', async () => {
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...versions[0], lint: [] });
  const { user } = visit('/prompts/mail-triage/new-version', { but: [handler] });
  await user.click(await screen.findByRole('button', { name: 'Add the conversation' }));
  expect(screen.getByRole('button', { name: 'Add the conversation' })).toBeDisabled();
  expect(screen.getByRole('group', { name: /^Conversation/ })).toHaveTextContent('The caller’s messages go here.');
  await user.click(screen.getByRole('button', { name: 'Remove message 2' }));
  await user.type(screen.getByLabelText(/What changed/), 'Takes a history');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => sent)
    .toMatchObject([{ messages: [{ role: 'system' }, { type: 'placeholder', name: 'conversation' }] }]);
});

it('renders a version with the messages of a caller where it takes them', async () => {
  const chat = {
    ...versions[2],
    messages: [
      { role: 'system', content: 'Stay calm.' },
      { type: 'placeholder', name: 'conversation' },
    ],
    variables: { type: 'object', properties: {} },
  };
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions/1/render', {
    messages: [
      { role: 'system', content: 'Stay calm.' },
      { role: 'user', content: 'Hi' },
    ],
    request: {},
    tokens: { count: 12, estimated: true, encoding: 'o200k_base' },
  });
  const { user } = visit('/prompts/mail-triage/versions/1', {
    but: [http.get('*/api/prompts/mail-triage/versions/1', () => HttpResponse.json(chat as JsonBodyType)), handler],
  });
  expect(await screen.findByText('The caller’s messages go here.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add a message of the caller' }));
  await user.type(screen.getByLabelText("The caller's message 1", { selector: 'textarea' }), 'Hi');
  await user.click(screen.getByRole('button', { name: 'Render' }));
  await expect.poll(() => sent).toEqual([{ variables: {}, conversation: [{ role: 'user', content: 'Hi' }] }]);
  expect(await screen.findByText('Rendered messages')).toBeVisible();
});

it('does not send what is not JSON where JSON is needed', async () => {
  const { user } = visit('/prompts/mail-triage/versions/3');
  await user.type(await screen.findByLabelText(/^mail/), 'just text');
  expect(screen.getByLabelText(/^mail/)).toHaveAccessibleDescription(/^This is not JSON/);
  expect(screen.getByRole('button', { name: 'Render' })).toHaveAttribute('aria-disabled', 'true');
});

const rules = {
  name: 'rules',
  prompt: 'house-rules',
  version: 3,
  digest: 'a'.repeat(64),
  label: 'production',
};
const including = {
  ...versions[2],
  messages: [{ role: 'user', content: '{{> rules}} Sort {{mail}}' }],
  variables: {
    type: 'object',
    properties: { mail: { type: 'string' }, tone: { type: 'string' } },
    required: ['mail', 'tone'],
  },
  includes: [rules],
  partials: {
    rules: {
      digest: rules.digest,
      content: {
        messages: [{ role: 'user', content: 'Be {{tone}}.' }],
        variables: { type: 'object', properties: { tone: { type: 'string' } }, required: ['tone'] },
        examples: [],
        parameters: {},
        partials: {},
      },
    },
  },
};
const includingVersion = http.get('*/api/prompts/mail-triage/versions/1', () =>
  HttpResponse.json(including as JsonBodyType),
);

it('says of what a version includes that its label has moved on since', async () => {
  visit('/prompts/mail-triage/versions/1', {
    but: [
      includingVersion,
      http.get('*/api/prompts/mail-triage/versions/1/includes', () =>
        HttpResponse.json({
          items: [{ ...rules, labels: { latest: 5, production: 4 } }],
          total: { value: 1, exact: true },
        }),
      ),
    ],
  });
  const partials = await screen.findByRole('list', { name: 'Partials' });
  expect(partials).toHaveTextContent('rules is house-rules v3; production is now v4');
  expect(within(partials).getByRole('link', { name: 'house-rules v3' })).toHaveAttribute(
    'href',
    '/prompts/house-rules/versions/3',
  );
});

it('lists who includes a prompt', async () => {
  visit('/prompts/mail-triage?tab=included-by', {
    but: [
      http.get('*/api/prompts/mail-triage/included-by', () =>
        HttpResponse.json({
          items: [
            {
              prompt: 'helpline',
              version: 2,
              digest: rules.digest,
              includes: 3,
              direct: false,
              labels: ['production'],
            },
          ],
          total: { value: 1, exact: true },
        }),
      ),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Versions that include mail-triage' });
  expect(within(table).getByRole('row', { name: /helpline v2/ })).toHaveTextContent('v3 by its partialsproduction');
});

it('starts from the references of a version and leaves the variables of its partials to them', async () => {
  const { sent, handler } = taking('*/api/prompts/mail-triage/versions', { ...versions[0], lint: [] });
  const { user } = visit('/prompts/mail-triage/new-version?from=1', { but: [includingVersion, handler] });
  const group = await screen.findByRole('group', { name: /^Partials/ });
  expect(within(group).getByLabelText('Name')).toHaveValue('rules');
  expect(within(group).getByLabelText('Version or label')).toHaveValue('production');
  await user.type(screen.getByLabelText(/What changed/), 'The rules of today');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        partials: { rules: { prompt: 'house-rules', label: 'production' } },
        variables: { type: 'object', properties: { mail: { type: 'string' } }, required: ['mail'] },
      },
    ]);
});

it('shows a partial that the text includes and nobody named, and a refusal at its field', async () => {
  const refusal = problem(422, {
    title: 'The content of the prompt is not valid',
    errors: [{ pointer: '/partials/tone/version', detail: "the prompt 'voice' has no version 9; its latest is 2" }],
  });
  const { user } = visit('/prompts/mail-triage/new-version', {
    but: [http.post('*/api/prompts/mail-triage/versions', () => refusal)],
  });
  const message = await screen.findByLabelText('Message 1');
  await user.clear(message);
  await user.type(message, '{{{{> tone}} Sort.');
  expect(screen.getByText(/The messages include tone: choose a prompt for it/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Add it' }));
  expect(screen.queryByText(/The messages include tone/)).not.toBeInTheDocument();
  await user.type(screen.getByLabelText('Prompt'), 'voice');
  await user.clear(screen.getByLabelText('Version or label'));
  await user.type(screen.getByLabelText('Version or label'), '9');
  await user.type(screen.getByLabelText(/What changed/), 'A tone');
  await user.click(screen.getByRole('button', { name: 'Publish version' }));
  await expect
    .poll(() => screen.getByLabelText('Version or label'))
    .toHaveAccessibleDescription(/has no version 9; its latest is 2/);
});

it('shows how the text of a partial differs', async () => {
  visit('/prompts/mail-triage/compare?from=2&to=3', {
    but: [
      http.get('*/api/prompts/mail-triage/diff', () =>
        HttpResponse.json({
          ...difference,
          partials: [
            {
              name: 'rules',
              fromDigest: 'a'.repeat(64),
              toDigest: 'b'.repeat(64),
              changed: true,
              lines: [
                { kind: 'REMOVED', fromLine: 1, toLine: null, text: 'Be calm.', segments: [] },
                { kind: 'ADDED', fromLine: null, toLine: 1, text: 'Be kind.', segments: [] },
              ],
            },
          ],
        } as unknown as JsonBodyType),
      ),
    ],
  });
  const table = await screen.findByRole('table', { name: 'Partial rules of v2 and v3' });
  expect(within(table).getByText(/kind/).closest('ins')).not.toBeNull();
});
