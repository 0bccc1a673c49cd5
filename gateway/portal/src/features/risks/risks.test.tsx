import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { risks } from '../../../test/mocks/governance';
import { problem } from '../../../test/mocks/handlers';
import { cleo, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

it('counts the risks of each cell, and restricts the table to one by the address', async () => {
  const { user, address } = visit('/risks', { as: cleo });
  const matrix = await screen.findByRole('table', { name: 'Residual risks by likelihood and impact' });
  const cell = within(matrix).getByRole('button', { name: /^Medium 2 at likelihood 2, impact 4:/ });
  await user.click(cell);
  expect(address()).toBe('/risks?likelihood=2&impact=4');
  expect(cell).toHaveAttribute('aria-pressed', 'true');
  const names = () =>
    within(screen.getByRole('table', { name: 'Risks' }))
      .getAllByRole('link')
      .map((link) => link.textContent);
  expect(names()).toEqual([risks[0]?.title, risks[1]?.title]);
  await user.click(cell);
  expect(address()).toBe('/risks');
  expect(names()).toHaveLength(risks.length);
});

it('keeps the level in the address, and leaves a cell of the other', async () => {
  const { user, address } = visit('/risks?likelihood=2&impact=4', { as: vera });
  await user.click(await screen.findByRole('button', { name: 'Inherent' }));
  expect(address()).toBe('/risks?level=inherent');
  expect(screen.getByRole('button', { name: /^Critical 1 at likelihood 4, impact 4: unpredictability/ })).toBeVisible();
  expect(within(screen.getByRole('table', { name: 'Risks' })).getAllByRole('link')[0]).toHaveTextContent(
    risks[1]?.title ?? '',
  );
});

it('clears the filter of an empty cell', async () => {
  const { user, address } = visit('/risks?likelihood=5&impact=5', { as: vera });
  await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
  expect(address()).toBe('/risks');
});

it('sends what was touched, on what was read', async () => {
  let sent: unknown;
  let tag: string | null = null;
  const { user, address } = visit('/risks/drift', {
    as: cleo,
    but: [
      http.patch('*/api/risks/drift', async ({ request }) => {
        sent = await request.json();
        tag = request.headers.get('if-match');
        return json(risks[2]);
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Assess again' }));
  expect(address()).toBe('/risks/drift?do=assess');
  const dialog = await screen.findByRole('dialog');
  await user.selectOptions(within(dialog).getByLabelText(/^Residual likelihood/), '5');
  expect(within(dialog).getByText('5 × 2 = 10: high residual risk.')).toBeVisible();
  await user.clear(within(dialog).getByLabelText('Evidence'));
  await user.type(within(dialog).getByLabelText('Evidence'), 'run 12{Enter}{Enter} incident 7 ');
  await user.click(within(dialog).getByRole('button', { name: 'Save the assessment' }));
  await expect.poll(() => sent).toEqual({ residualLikelihood: 5, evidence: ['run 12', 'incident 7'] });
  expect(tag).toBe('"2"');
  await expect.poll(address).toBe('/risks/drift');
});

it('shows what another person assessed meanwhile, keeps what was typed, and builds on it', async () => {
  let version = 2;
  const tags: (string | null)[] = [];
  const { user } = visit('/risks/drift?do=assess', {
    as: cleo,
    but: [
      http.get('*/api/risks/drift', () =>
        HttpResponse.json(
          { ...risks[2], version, mitigation: version === 2 ? 'Guard' : 'Guard and alarm' },
          { headers: { ETag: `"${version}"` } },
        ),
      ),
      http.patch('*/api/risks/drift', ({ request }) => {
        tags.push(request.headers.get('if-match'));
        version = 3;
        return problem(412, {
          title: 'The resource has changed since you read it',
          detail: 'Read the resource again and repeat your change on what is there now.',
        });
      }),
    ],
  });
  const dialog = await screen.findByRole('dialog');
  await user.selectOptions(within(dialog).getByLabelText(/^Residual impact/), '4');
  await user.click(within(dialog).getByRole('button', { name: 'Save the assessment' }));
  expect(await within(dialog).findByText(/Somebody else saved an assessment meanwhile/)).toBeVisible();
  await expect
    .poll(() => (within(dialog).getByLabelText(/^Mitigation/) as HTMLTextAreaElement).value)
    .toBe('Guard and alarm');
  expect(within(dialog).getByLabelText(/^Residual impact/)).toHaveValue('4');
  await user.click(within(dialog).getByRole('button', { name: 'Save the assessment' }));
  await expect.poll(() => tags).toEqual(['"2"', '"3"']);
});

it('shows a refused line of evidence at its field', async () => {
  const refusal = problem(400, {
    title: 'The request is not valid',
    errors: [{ pointer: '/evidence/0', detail: 'size must be between 0 and 500' }],
  });
  const { user } = visit('/risks/drift?do=assess', { as: cleo, but: [http.patch('*/api/risks/drift', () => refusal)] });
  const dialog = await screen.findByRole('dialog');
  await user.click(within(dialog).getByRole('button', { name: 'Save the assessment' }));
  await within(dialog).findByRole('alert');
  expect(within(dialog).getByLabelText('Evidence')).toHaveAccessibleDescription(/size must be between/);
});

it('leaves assessing to compliance officers', async () => {
  visit('/risks/drift', { as: vera });
  expect(await screen.findByRole('button', { name: 'Assess again' })).toHaveAttribute('aria-disabled', 'true');
});
