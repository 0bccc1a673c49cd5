import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { tuningStatements } from '../../../test/mocks/models';
import { ada, ben, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { dialog, only, taking } from '../../../test/requests';

const address = '/models?tab=tuned';
const [mine, theirs] = tuningStatements;
const button = (name: string | RegExp) => screen.findByRole('button', { name });

it('lists the open statements with their maker, who can only withdraw', async () => {
  visit(address, { as: ada });
  const table = await screen.findByRole('table', { name: 'Models that providers tuned' });
  const row = within(table).getByRole('row', { name: /openai\/support-answers/ });
  expect(row).toHaveTextContent(/\(you\)/);
  expect(within(row).getAllByRole('button')).toHaveLength(1);
  expect(within(row).getByRole('button')).toHaveTextContent('Withdraw');
  const other = within(within(table).getByRole('row', { name: /vendor\/ticket-triage/ }));
  expect(other.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Confirm', 'Reject']);
  expect(screen.queryByText('vendor/base')).toBeNull();
});

it('shows who rejected a statement, and why', async () => {
  const { user, address: shown } = visit(address, { as: ada });
  await user.click(await button('Rejected'));
  expect(await screen.findByText('It is the base model of the vendor')).toBeVisible();
  expect(shown()).toBe('/models?tab=tuned&state=rejected');
});

it('states that a model was tuned, from the link beside its prices', async () => {
  const { sent, handler } = taking('*/api/tuning-statements', mine);
  const { user, address: shown } = visit('/settings/providers/acme-llm', { as: ada, but: [handler] });
  await user.click(await screen.findByRole('link', { name: 'State as tuned: acme-llm/small' }));
  const form = await dialog();
  expect(form.getByLabelText(/^Model/)).toHaveValue('acme-llm/small');
  await user.type(form.getByLabelText(/^How it was tuned/), 'Tuned by us on the tickets');
  await user.click(form.getByRole('button', { name: 'State' }));
  await expect.poll(() => sent).toEqual([{ model: 'acme-llm/small', reason: 'Tuned by us on the tickets' }]);
  await expect.poll(shown).toBe('/models?tab=tuned');
});

it('says at the dialog that there is a statement already', async () => {
  const refusal = problem(409, { title: 'There is a statement about the model', detail: 'Confirm that one.' });
  const { user } = visit(`${address}&statement=new`, {
    as: ada,
    but: [http.post('*/api/tuning-statements', () => refusal)],
  });
  const form = await dialog();
  await user.type(form.getByLabelText(/^Model/), 'vendor/ticket-triage');
  await user.type(form.getByLabelText(/^How it was tuned/), 'Tuned by the vendor');
  await user.click(form.getByRole('button', { name: 'State' }));
  expect(await form.findByText('Confirm that one.')).toBeVisible();
});

it('confirms the statement of another person', async () => {
  const { sent, handler } = ending('confirm');
  const { user } = visit(address, { as: ben, but: [handler] });
  await user.click(await button('Confirm the statement about vendor/ticket-triage'));
  const form = await dialog();
  expect(form.getByText(/This cannot be taken back/)).toBeVisible();
  await user.click(form.getByRole('button', { name: 'Confirm' }));
  await expect.poll(() => sent).toEqual([theirs?.statementId]);
  await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
});

it('rejects a statement with a reason', async () => {
  const { sent, handler } = taking('*/api/tuning-statements/:id/reject', theirs, 200);
  const { user } = visit(address, { as: ben, but: [handler] });
  await user.click(await button('Reject the statement about vendor/ticket-triage'));
  const form = await dialog();
  await user.type(form.getByLabelText(/^Reason/), 'It is the base model');
  await user.click(form.getByRole('button', { name: 'Reject' }));
  await expect.poll(() => sent).toEqual([{ reason: 'It is the base model' }]);
});

it('shows why a withdrawal was refused', async () => {
  const refusal = problem(409, { title: 'The proposal is no longer open', detail: 'It is confirmed by ben already.' });
  const { user } = visit(address, {
    as: ada,
    but: [http.post('*/api/tuning-statements/:id/withdraw', () => refusal)],
  });
  await user.click(await button('Withdraw the statement about openai/support-answers'));
  const form = await dialog();
  await user.click(form.getByRole('button', { name: 'Withdraw' }));
  expect(await form.findByText('It is confirmed by ben already.')).toBeVisible();
});

it('offers nothing to those who may only read', async () => {
  visit(address, { as: vera });
  expect(await button('Confirm the statement about vendor/ticket-triage')).toHaveAttribute('aria-disabled', 'true');
  expect(await button('State that a model was tuned')).toHaveAttribute('aria-disabled', 'true');
});

it('says that no statement is open', async () => {
  visit(address, { as: ada, but: [only('*/api/tuning-statements', [])] });
  expect(await screen.findByText('No statement is open')).toBeVisible();
});

it('says that the statements cannot be read', async () => {
  visit(address, {
    as: ada,
    but: [http.get('*/api/tuning-statements', () => problem(503, { title: 'The model registry does not answer' }))],
  });
  expect(await screen.findByText('The model registry does not answer')).toBeVisible();
});

function ending(how: 'confirm' | 'withdraw') {
  const sent: unknown[] = [];
  const handler = http.post(`*/api/tuning-statements/:id/${how}`, ({ params }) => {
    sent.push(params['id']);
    return json(theirs);
  });
  return { sent, handler };
}
