import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import type { StaleQuestions } from './staleQuestions';
import { json } from '../../../../test/mocks/answers';
import { datasets, datasetVersions } from '../../../../test/mocks/datasets';
import { visit } from '../../../../test/portal';

const found: StaleQuestions = {
  documents: 'shop-pages/2',
  since: 'shop-pages/1',
  questions: 110,
  withPassages: 74,
  stale: 2,
  counts: { DOCUMENT_GONE: 1, QUOTE_GONE: 1, SECTION_GONE: 0, ANSWER_GONE: 0, DOCUMENT_CHANGED: 1 },
  items: [
    {
      row: 7,
      itemId: 'q7',
      question: 'What does a tyre change cost?',
      causes: [
        { cause: 'QUOTE_GONE', documentId: 'tyres.md', text: 'A tyre change costs 37 euros.' },
        { cause: 'DOCUMENT_CHANGED', documentId: 'tyres.md', text: null },
      ],
    },
    {
      row: 9,
      itemId: 'q9',
      question: 'When do you open?',
      causes: [{ cause: 'DOCUMENT_GONE', documentId: 'hours.md', text: null }],
    },
  ],
  nextPageToken: null,
  total: { value: 2, exact: true },
};

function visitQuestions(answer: (search: URLSearchParams) => StaleQuestions) {
  const asked: string[] = [];
  return {
    asked,
    ...visit('/datasets/questions/versions/1', {
      but: [
        http.get('*/api/datasets/questions', () =>
          json({ ...datasets[1], name: 'questions', kind: 'QUESTION_ANSWER' }),
        ),
        http.get('*/api/datasets/questions/versions/1', () =>
          json({ ...datasetVersions[0], dataset: 'questions', version: 1 }),
        ),
        http.get('*/api/datasets/questions/versions/1/stale-questions', ({ request }) => {
          const { search, searchParams } = new URL(request.url);
          asked.push(search);
          return json(answer(searchParams));
        }),
      ],
    }),
  };
}

it('lists the questions that no longer fit a version of documents, with their causes', async () => {
  const { user, asked } = visitQuestions(() => found);
  await screen.findByRole('heading', { name: 'Questions and newer documents' });
  const form = within(document.getElementById('stale-questions') as HTMLElement);
  await user.type(form.getByLabelText('Documents'), 'shop-pages/2');
  await user.type(form.getByLabelText('Compared with (optional)'), 'shop-pages/1');
  await user.click(form.getByRole('button', { name: 'Search' }));
  const table = within(await screen.findByRole('table', { name: 'Questions that no longer fit' }));
  expect(asked).toEqual(['?documents=shop-pages%2F2&since=shop-pages%2F1&limit=20']);
  expect(screen.getByText(/^2 of 74 questions that name documents no longer fit shop-pages\/2\./)).toBeVisible();
  const row = table.getByRole('row', { name: /What does a tyre change cost/ });
  expect(row).toHaveTextContent('Quote gone: tyres.md “A tyre change costs 37 euros.”');
  expect(row).toHaveTextContent('Document changed: tyres.md');
  expect(table.getByRole('row', { name: /When do you open/ })).toHaveTextContent('Document gone: hours.md');
});

it('lists the questions of one cause', async () => {
  const { user, asked } = visitQuestions((search) =>
    search.get('cause') === 'DOCUMENT_GONE' ? { ...found, items: found.items.slice(1) } : found,
  );
  await screen.findByRole('heading', { name: 'Questions and newer documents' });
  const form = within(document.getElementById('stale-questions') as HTMLElement);
  await user.type(form.getByLabelText('Documents'), 'shop-pages/2');
  await user.click(form.getByRole('button', { name: 'Search' }));
  await user.click(await screen.findByRole('button', { name: 'Document gone 1' }));
  await expect.poll(() => asked.at(-1)).toBe('?documents=shop-pages%2F2&cause=DOCUMENT_GONE&limit=20');
  await expect.poll(() => screen.queryByText('What does a tyre change cost?')).toBeNull();
  expect(screen.queryByRole('button', { name: /^Section gone/ })).toBeNull();
});

it('says so where every question fits', async () => {
  const { user } = visitQuestions(() => ({
    ...found,
    stale: 0,
    counts: {},
    items: [],
    total: { value: 0, exact: true },
  }));
  await screen.findByRole('heading', { name: 'Questions and newer documents' });
  const form = within(document.getElementById('stale-questions') as HTMLElement);
  await user.type(form.getByLabelText('Documents'), 'shop-pages/2');
  await user.click(form.getByRole('button', { name: 'Search' }));
  expect(await screen.findByText('All questions still fit these documents.')).toBeVisible();
});

it('is for questions to documents alone', async () => {
  visit('/datasets/mails/versions/2');
  await screen.findByRole('heading', { name: 'Items' });
  expect(screen.queryByRole('heading', { name: 'Questions and newer documents' })).toBeNull();
});
