import { screen, within } from '@testing-library/react';
import { http, type HttpHandler } from 'msw';
import { expect, it } from 'vitest';
import { differencesOf, inputOf } from './rendering';
import type { PromptVersion } from '@/shared/data/promptVersions';
import type { TraceContent, TraceDetail } from '@/shared/data/traces';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { traces } from '../../../test/mocks/traces';
import { all, versions } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const [canary] = traces;
if (canary === undefined) throw new Error('no traces');

const step = (kind: TraceDetail['steps'][number]['kind'], ...details: [string, string][]) => ({
  kind,
  startMillis: 0,
  durationMillis: 1,
  details: details.map(([name, value]) => ({ name, value })),
});

const content = (input: object, more: Partial<TraceContent> = {}): TraceContent => ({
  contents: 'FULL',
  input: input as TraceContent['input'],
  output: null,
  truncated: false,
  ...more,
});

const asked = content({ messages: [{ role: 'user', content: 'Win a prize' }] });

/** Shows the contents of a trace with its prompt. */
async function shown(detail: Partial<TraceDetail>, ...but: HttpHandler[]) {
  const trace = { trace: { ...canary, contents: 'FULL' }, steps: [step('RENDER'), step('CALL')], ...detail };
  const { user } = visit(`/traces/${canary?.requestId}`, {
    as: all,
    but: [
      http.get('*/api/traces/:id', () => json(trace)),
      http.get('*/api/traces/:id/content', () => json(asked)),
      ...but,
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Show request and answer' }));
  return within(await screen.findByRole('region', { name: 'Prompt' }));
}

it('renders the prompt of a request again beside its conversation, and says so', async () => {
  const prompt = await shown({});
  expect(await prompt.findByText('Sort this mail: Win a prize')).toBeVisible();
  expect(prompt.getByText(/^Rendered again from the stored request and/)).toHaveTextContent(
    'mail-triage v1. What the model was sent is not stored.',
  );
  expect(prompt.getByRole('link', { name: 'mail-triage v1' })).toHaveAttribute(
    'href',
    '/prompts/mail-triage/versions/1',
  );
  expect(prompt.queryByRole('list', { name: 'Differences from what was sent' })).toBeNull();
  const input = within(screen.getByRole('region', { name: 'Input' }));
  expect(input.getByText('Win a prize')).toBeVisible();
});

it('names what differs from what the model was sent', async () => {
  const prompt = await shown({
    trace: { ...canary, contents: 'MASKED' } as TraceDetail['trace'],
    steps: [step('RETRIEVE', ['passages', '4']), step('FIT', ['trimmed', '2']), step('CALL')],
  });
  const differences = within(await prompt.findByRole('list', { name: 'Differences from what was sent' }));
  expect(differences.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'The stored request is masked: placeholders stand for what it contained.',
    'The examples or passages that the index added are not shown here.',
    "The request was too long for the model, so 2 of the caller's messages were not sent.",
  ]);
});

it('says that nothing was sent where no model was called', () => {
  const detail = {
    trace: { ...canary, contents: 'FULL' as const },
    steps: [step('CACHE'), step('FIT', ['trimmed', '2'])],
  };
  expect(differencesOf(detail, asked)).toEqual(['No model was called for this request, so nothing was sent.']);
});

it('says that a part may be missing, and nothing of an index that the caller switched off', () => {
  const detail = {
    trace: { ...canary, contents: 'FULL' as const },
    steps: [step('RETRIEVE', ['switched off by', 'x-plumbline-without']), step('CALL')],
  };
  expect(differencesOf(detail, { ...asked, truncated: true })).toEqual([
    'Part of the contents was too long to be stored, so messages may be missing here.',
  ]);
});

it('renders no prompt for a call of a model', async () => {
  const prompt = await shown({
    trace: { ...canary, contents: 'FULL', variantDigest: null } as TraceDetail['trace'],
  });
  expect(prompt.getByText(/no prompt was added to the messages of the input/)).toBeVisible();
});

it('says why the stored request cannot be rendered', async () => {
  const refused = http.post('*/api/prompts/:name/versions/:version/render', () =>
    problem(422, { title: 'The variables do not fit the prompt' }),
  );
  const prompt = await shown({}, refused);
  expect(await prompt.findByText('The variables do not fit the prompt')).toBeVisible();
});

it('reads masked numbers as numbers, and leaves passages to the index', () => {
  const version = {
    ...versions[0],
    variables: {
      properties: { limit: { type: 'integer' }, code: { type: 'string' }, passages: { type: 'string' } },
      required: ['limit', 'passages'],
    },
  } as unknown as PromptVersion;
  expect(inputOf(version, content({ plumbline_variables: { limit: '7', code: '8' } }))).toEqual({
    variables: { limit: 7, code: '8', passages: '' },
  });
  expect(inputOf(version, content({ plumbline_variables: { limit: '<PHONE>' } })).variables).toMatchObject({
    limit: '<PHONE>',
  });
  expect(inputOf(version, asked).conversation).toEqual([{ role: 'user', content: 'Win a prize' }]);
});
