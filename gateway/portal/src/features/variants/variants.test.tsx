import { screen } from '@testing-library/react';
import { http, HttpResponse, type JsonBodyType } from 'msw';
import { expect, it } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { indexes } from '../../../test/mocks/models';
import { passageIndex } from '../../../test/mocks/passages';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

const answersOf = (property: string, ...answers: string[]) => ({
  type: 'object',
  properties: { [property]: { enum: answers } },
});

it('composes a variant of the newest version of the prompt named like the application', async () => {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', { but: [handler] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'retrieval');
  await user.selectOptions(await form.findByLabelText(/Version/), '2');
  expect(form.queryByRole('option', { name: /bge-small-en/ })).toBeNull();
  await user.selectOptions(
    form.getByLabelText('Index'),
    await form.findByRole('option', { name: /^mails · .* rows$/ }),
  );
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect
    .poll(() => sent)
    .toEqual([
      {
        application: 'mail-triage',
        name: 'retrieval',
        promptDigest: world.versions[1]?.digest,
        model: 'local/choice-bge-small',
        indexDigest: indexes.find(({ state }) => state === 'READY')?.indexDigest,
        parameters: { retrievedExamples: 8, temperature: 0 },
      },
    ]);
});

it('fixes what callers may decide, and shows it with the variant', async () => {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', { but: [handler] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'chat');
  await form.findByLabelText(/Version/);
  await user.click(form.getByRole('button', { name: 'What callers may decide' }));
  await user.click(form.getByLabelText(/^Tools/));
  await user.click(form.getByLabelText(/^System messages/));
  await user.selectOptions(form.getByLabelText('If a call is too long for the model'), 'TRIM_HISTORY');
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect
    .poll(() => sent)
    .toMatchObject([{ callerPolicy: { allowed: ['tools', 'system-messages'] }, overflow: 'TRIM_HISTORY' }]);
  expect(await screen.findByText('Callers may decide: tools')).toBeVisible();
  expect(screen.getByText('Calls that are too long: the oldest turns are dropped')).toBeVisible();
});

it('names other models in their order, and shows them with the variant', async () => {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', { but: [handler] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'backed');
  await form.findByLabelText(/Version/);
  expect(form.queryByLabelText(/^Fallback/)).not.toBeInTheDocument();
  await user.selectOptions(form.getByLabelText(/^Model/), 'acme-llm/large');
  await user.selectOptions(await form.findByLabelText(/^Fallback/), 'mail-head@1');
  expect(form.queryByLabelText(/^Then/)).not.toBeInTheDocument();
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => sent).toMatchObject([{ model: 'acme-llm/large', fallback: ['mail-head@1'] }]);
  expect(await screen.findByText('fallback: mail-head@1, then acme-llm/large')).toBeVisible();
});

it('forgets a fallback that has no field any more', async () => {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', { but: [handler] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'moved');
  await form.findByLabelText(/Version/);
  await user.selectOptions(form.getByLabelText(/^Model/), 'acme-llm/large');
  await user.selectOptions(await form.findByLabelText(/^Fallback/), 'mail-head@1');
  await user.selectOptions(form.getByLabelText(/^Model/), 'mail-head@1');
  expect(form.queryByLabelText(/^Fallback/)).not.toBeInTheDocument();
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => sent).toMatchObject([{ model: 'mail-head@1' }]);
  expect(sent[0]).not.toHaveProperty('fallback');
});

it('shows at a fallback why it is refused', async () => {
  const refusal = problem(422, {
    title: 'The variant cannot be composed',
    errors: [{ pointer: '/fallback/0', detail: 'This model is not registered any more' }],
  });
  const { user } = visit('/apps/mail-triage?do=variant', { but: [http.post('*/api/variants', () => refusal)] });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'backed');
  await form.findByLabelText(/Version/);
  await user.selectOptions(form.getByLabelText(/^Model/), 'acme-llm/large');
  const fallback = await form.findByLabelText(/^Fallback/);
  await user.selectOptions(fallback, 'mail-head@1');
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => fallback).toHaveAccessibleDescription(/^This model is not registered any more/);
});

it('says what an empty parameter means', async () => {
  const { user } = visit('/apps/mail-triage?do=variant');
  await user.click((await dialog()).getByRole('button', { name: 'Parameters' }));
  expect(await screen.findByText(/the prompt’s parameter, or else the model’s default/)).toBeVisible();
});

it('chooses no model that cannot answer the prompt, and warns of one', async () => {
  const { user } = visit('/apps/mail-triage?do=variant', {
    but: [
      http.get('*/api/prompt-versions/:digest', ({ params }) =>
        HttpResponse.json({
          ...world.versions[0],
          responseFormat: params['digest'] === world.versions[0]?.digest ? null : answersOf('label', 'spam'),
        } as JsonBodyType),
      ),
    ],
  });
  const form = await dialog();
  await expect.poll(() => form.getByLabelText(/^Model/)).toHaveValue('acme-llm/large');
  expect(form.queryByText(/has no answers to choose from/)).toBeNull();
  await user.selectOptions(form.getByLabelText(/^Model/), 'local/choice-bge-small');
  expect(await form.findByText(/has no answers to choose from/)).toBeVisible();
  await user.selectOptions(form.getByLabelText(/Version/), '1');
  await expect.poll(() => form.queryByText(/has no answers to choose from/)).toBeNull();
});

/** The dialog with a name, and as the model one that may abstain. */
async function composing(...but: Parameters<typeof http.post>[1][]) {
  const { sent, handler } = taking('*/api/variants', world.variants[0]);
  const { user } = visit('/apps/mail-triage?do=variant', {
    but: [...but.map((respond) => http.post('*/api/variants', respond)), handler],
  });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Name/), 'answers');
  await form.findByLabelText(/Version/);
  return { user, form, sent };
}

it('retrieves passages of an index of documents, for a whole conversation where it is asked to', async () => {
  const { user, form, sent } = await composing();
  expect(form.queryByLabelText('Retrieved passages')).toBeNull();
  await user.selectOptions(
    form.getByLabelText('Index'),
    await form.findByRole('option', { name: 'help-pages · 312 passages' }),
  );
  expect(form.queryByLabelText('Retrieved examples')).toBeNull();
  const passages = form.getByLabelText('Retrieved passages');
  expect(passages).toHaveValue(5);
  await user.clear(passages);
  await user.type(passages, '8');
  await user.selectOptions(form.getByLabelText('Searched for'), 'CONVERSATION');
  await user.selectOptions(form.getByLabelText('Order of passages'), 'SENTENCES');
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect
    .poll(() => sent)
    .toMatchObject([
      {
        indexDigest: passageIndex.indexDigest,
        parameters: { retrievedPassages: 8, retrievalQuery: 'CONVERSATION', reranking: 'SENTENCES', temperature: 0 },
      },
    ]);
  expect(sent[0]).not.toHaveProperty('parameters.retrievedExamples');
});

it('says of a reader without passages what it lacks', async () => {
  const { user, form } = await composing();
  await user.selectOptions(form.getByLabelText(/^Model/), 'local/extract-bge-small');
  expect(form.getByText(/This model answers from passages only/)).toBeVisible();
  await user.selectOptions(
    form.getByLabelText('Index'),
    await form.findByRole('option', { name: 'help-pages · 312 passages' }),
  );
  expect(form.queryByText(/This model answers from passages only/)).toBeNull();
});

it('fixes below which confidence the variant abstains, and with which answer', async () => {
  const { user, form, sent } = await composing();
  await user.click(form.getByRole('button', { name: 'Abstention' }));
  const threshold = form.getByLabelText('Threshold');
  const compose = form.getByRole('button', { name: 'Compose' });
  await user.type(threshold, '1.5');
  expect(threshold).toHaveAccessibleDescription(/enter a threshold from 0 to 1/);
  await user.clear(threshold);
  await user.type(threshold, '0.6');
  expect(compose).toHaveAccessibleDescription('Abstention: enter the answer for it.');
  await user.type(form.getByLabelText('Answer when abstaining'), 'I do not know.');
  await user.click(compose);
  await expect.poll(() => sent).toMatchObject([{ abstention: { threshold: 0.6, answer: 'I do not know.' } }]);
});

it('declares the answer, or the field, by which a provider’s model abstains', async () => {
  const { user, form, sent } = await composing();
  await user.click(form.getByRole('button', { name: 'Abstention' }));
  await user.type(form.getByLabelText('Answer when abstaining'), 'I do not know.');
  await user.type(form.getByLabelText('Or a field of its JSON answer'), 'answerable');
  await user.type(form.getByLabelText('Value of the field when abstaining'), 'false');
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).toHaveProperty('abstention', {
    answer: 'I do not know.',
    field: { name: 'answerable', value: 'false' },
  });
});

it('sends no abstention where none is entered, and shows that of a variant', async () => {
  const { user, form, sent } = await composing();
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => sent).toHaveLength(1);
  expect(sent[0]).not.toHaveProperty('abstention');
  expect(await screen.findByText('Abstains below a confidence of 0.6: “{"label":"unclear"}”')).toBeVisible();
});

it.each([
  ['/abstention/answer', 'Answer when abstaining', 'must follow the prompt’s response format: no JSON'],
  ['/abstention/threshold', 'Threshold', 'needs models with a confidence'],
  ['/abstention/field/name', 'Or a field of its JSON answer', 'must be a property of the prompt’s response format'],
])('shows a refusal of %s at the field %s', async (pointer, label, detail) => {
  const { user, form } = await composing(() =>
    problem(422, { title: 'The variant cannot be composed', errors: [{ pointer, detail }] }),
  );
  await user.click(form.getByRole('button', { name: 'Abstention' }));
  await user.type(form.getByLabelText('Threshold'), '0.6');
  await user.type(form.getByLabelText('Answer when abstaining'), 'unclear');
  await user.click(form.getByRole('button', { name: 'Compose' }));
  await expect.poll(() => form.getByLabelText(label).getAttribute('aria-describedby')).not.toBeNull();
  await expect.poll(() => form.getByLabelText(label)).toHaveAccessibleDescription(new RegExp(`^${detail}`));
});

it('leads from a variant to its index, and says what it retrieves', async () => {
  const variant = {
    ...world.variants[0],
    indexDigest: passageIndex.indexDigest,
    parameters: {
      retrievedPassages: 8,
      retrievalQuery: 'CONVERSATION',
      reranking: 'SENTENCES',
      withoutTemperature: true,
    },
    abstention: { answer: 'I do not know.', field: { name: 'answerable', value: 'false' } },
  };
  visit('/apps/mail-triage?tab=variants', { but: [only('*/api/variants', [variant])] });
  expect(await screen.findByRole('link', { name: 'help-pages' })).toHaveAttribute(
    'href',
    `/indexes/${passageIndex.indexId}`,
  );
  expect(
    screen.getByText(
      'retrieved passages 8, no temperature is sent, searched for the conversation, ordered by the nearest sentence',
    ),
  ).toBeVisible();
  expect(
    screen.getByText('Abstains if the model itself answers “I do not know.” or answers with answerable false'),
  ).toBeVisible();
});

it('starts with the threshold that a curve of abstention led to, and asks what is answered then', async () => {
  visit('/apps/mail-triage?do=variant&abstention=0.6235');
  const form = await dialog();
  expect(await form.findByLabelText(/^Threshold/)).toHaveDisplayValue('0.6235');
  expect(form.getByLabelText(/^Answer when abstaining/)).toHaveDisplayValue('');
});

it('leads from a variant to the data that its parts were made of, on demand', async () => {
  const { user } = visit('/apps/mail-triage?tab=variants');
  await user.click(await screen.findByRole('button', { name: 'Data of fine-tuned' }));
  const data = await screen.findByRole('list', { name: 'Data' });
  expect(data).toHaveTextContent('mails v2, subset train with 1,200 rows');
  expect(await screen.findByRole('list', { name: 'Steps' })).toHaveTextContent('Model version mail-head@1');
});
