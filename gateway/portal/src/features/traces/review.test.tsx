import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it, vi } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { foundPassages } from '../../../test/mocks/passages';
import { traces } from '../../../test/mocks/traces';
import { all, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { taking } from '../../../test/requests';

const [spam, gift] = traces;
if (spam === undefined || gift === undefined) throw new Error('no traces');
const rain = { ...gift, requestId: 'r-3', responseId: 'chatcmpl-3', question: 'Will it rain?', answer: 'No.' };

/** The queue on pages of these calls, with the filters that were asked for. */
function queue(...pages: object[][]) {
  const asked: Record<string, string>[] = [];
  const handler = http.get('*/api/traces', ({ request }) => {
    const { pageToken = '0', ...filter } = Object.fromEntries(new URL(request.url).searchParams);
    asked.push(filter);
    const page = Number(pageToken);
    return json({
      items: pages[page] ?? [],
      nextPageToken: page + 1 < pages.length ? String(page + 1) : null,
      total: { value: pages.flat().length, exact: true },
    });
  });
  return { asked, handler };
}

const answer = (name: string) => screen.findByRole('region', { name });

it('leads from the list of traces to the answers that nobody has judged, with the filters of the list', async () => {
  const { asked, handler } = queue([spam, gift]);
  const { user, address } = visit('/traces?application=mail-triage&model=acme-llm/large&feedback=GIVEN', {
    as: all,
    but: [handler],
  });
  await user.click(await screen.findByRole('link', { name: 'Review answers' }));
  const card = within(await answer('Answer 1 of 2'));
  expect(address()).toBe('/traces/review?application=mail-triage&model=acme-llm%2Flarge');
  expect(asked.at(-1)).toEqual({
    application: 'mail-triage',
    model: 'acme-llm/large',
    origin: 'PRODUCTION',
    feedback: 'NONE',
    limit: '50',
  });
  expect(card.getByText('Write to <EMAIL>')).toBeVisible();
  expect(card.getByText('spam')).toBeVisible();
  expect(screen.getByText(/Also filtered by model acme-llm\/large/)).toBeVisible();
  expect(screen.getByText('2 left on this page')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Clear these filters' }));
  await waitFor(() => expect(asked.at(-1)).not.toHaveProperty('model'));
});

it('takes an answer that was judged by a key out of the queue, and goes on to the next one', async () => {
  const { sent, handler } = taking('*/api/feedback', {}, 200);
  const { user, address } = visit('/traces/review', { as: all, but: [queue([spam, gift, rain]).handler, handler] });
  await answer('Answer 1 of 3');
  await screen.findByRole('button', { name: 'Should be personal' });
  await user.keyboard('3');
  expect(await answer('Answer 1 of 2')).toHaveFocus();
  expect(sent).toEqual([{ responseId: spam.responseId, correct: false, correction: 'newsletter' }]);
  expect(screen.getByText('How is a gift card paid back?')).toBeVisible();
  expect(screen.getByText(/^Recorded: Should be newsletter\./)).toBeVisible();
  expect(screen.getByRole('link', { name: 'Open this answer to change it' })).toHaveAttribute(
    'href',
    `/traces/${spam.requestId}`,
  );
  expect(address()).toBe(`/traces/review?call=${gift.requestId}`);
  await user.keyboard('1');
  expect(await answer('Answer 1 of 1')).toBeVisible();
  expect(screen.getByText('1 left on this page')).toBeVisible();
  await user.keyboard('2');
  expect(await screen.findByText('No answer waits for a judgement')).toBeVisible();
  expect(sent).toHaveLength(3);
});

it('goes through the queue by j and k, and from page to page', async () => {
  const { handler } = queue([spam, gift], [rain]);
  const { user, address } = visit('/traces/review', { as: all, but: [handler] });
  await answer('Answer 1 of 2');
  expect(screen.getByRole('button', { name: 'Previous' })).toHaveAttribute('aria-disabled', 'true');
  await user.keyboard('j');
  expect(await answer('Answer 2 of 2')).toHaveFocus();
  await user.keyboard('k');
  expect(await answer('Answer 1 of 2')).toHaveFocus();
  await user.keyboard('j');
  await answer('Answer 2 of 2');
  await user.keyboard('j');
  expect(await screen.findByText('Will it rain?')).toBeVisible();
  expect(address()).toBe('/traces/review?page=1');
});

it('stays at an answer while its judgement is being sent, and shows what went wrong', async () => {
  let fail: () => void = () => undefined;
  const failing = http.post('*/api/feedback', async () => {
    await new Promise<void>((resolve) => {
      fail = resolve;
    });
    return problem(409, { title: 'The answer cannot be judged' });
  });
  const { user } = visit('/traces/review', { as: all, but: [queue([spam, gift]).handler, failing] });
  await answer('Answer 1 of 2');
  await user.keyboard('1');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'true'));
  await user.keyboard('j');
  fail();
  expect(await screen.findByText('The answer cannot be judged')).toBeVisible();
  expect(await answer('Answer 1 of 2')).toBeVisible();
});

it('presses no key while somebody types', async () => {
  const { sent, handler } = taking('*/api/feedback', {}, 200);
  const { user } = visit('/traces/review', { as: all, but: [queue([spam, gift]).handler, handler] });
  await answer('Answer 1 of 2');
  await user.type(screen.getByLabelText('Application'), 'j1');
  expect(screen.getByLabelText('Application')).toHaveValue('j1');
  expect(await answer('Answer 1 of 2')).toBeVisible();
  expect(sent).toEqual([]);
});

it('offers the next page when every answer of one is judged', async () => {
  const { handler: judging } = taking('*/api/feedback', {}, 200);
  const { user } = visit('/traces/review', { as: all, but: [queue([spam], [rain]).handler, judging] });
  await answer('Answer 1 of 1');
  await user.keyboard('1');
  await user.click(await screen.findByRole('button', { name: 'Next page' }));
  expect(await screen.findByText('Will it rain?')).toBeVisible();
});

it('reads complete texts and passages only when somebody wants them, since each read is recorded', async () => {
  const read = vi.fn<(id: unknown) => void>();
  const reading = http.get('*/api/traces/:id/content', ({ params }) => {
    read(params['id']);
    return json({
      contents: 'MASKED',
      input: { messages: [{ role: 'user', content: 'How is a gift card paid back, please?' }] },
      output: [{ role: 'assistant', content: 'As a gift card.' }],
      truncated: false,
    });
  });
  const passages = http.get('*/api/indexes/:id/passages', () => pageOf(foundPassages));
  const { user } = visit('/traces/review', { as: all, but: [queue([gift, spam]).handler, reading, passages] });
  expect(await screen.findByRole('button', { name: /^Show 2 passages that the model was given/ })).toBeVisible();
  expect(screen.getByText('0.214')).toBeVisible();
  expect(read).not.toHaveBeenCalled();
  await user.click(screen.getByRole('switch', { name: /^Complete texts/ }));
  expect(await screen.findByText('How is a gift card paid back, please?')).toBeVisible();
  expect(await screen.findByRole('list', { name: 'Text of the passages' })).toBeVisible();
  await user.keyboard('j');
  await waitFor(() => expect(read.mock.calls).toEqual([[gift.requestId], [spam.requestId]]));
});

it('says that the contents of a call were not stored', async () => {
  visit('/traces/review', { as: all, but: [queue([{ ...spam, contents: 'NONE' }]).handler] });
  expect(await screen.findByText(/^The contents of this call were not stored/)).toBeVisible();
});

it('is for people who may read answers', async () => {
  visit('/traces', { as: vera });
  await screen.findByRole('table', { name: 'Traces' });
  expect(screen.queryByRole('link', { name: 'Review answers' })).toBeNull();
  visit('/traces/review', { as: vera });
  expect(await screen.findByText(/^To judge answers here, you have to read them/)).toBeVisible();
});

it('says that nothing waits, and what failed', async () => {
  visit('/traces/review', { as: all, scenario: 'empty' });
  expect(await screen.findByText('No answer waits for a judgement')).toBeVisible();
  visit('/traces/review', { as: all, scenario: 'error' });
  expect(await screen.findByText('The service is down')).toBeVisible();
});
