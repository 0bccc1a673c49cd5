import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { costSchema, newCosts, newOverride, questionOf } from './costDraft';
import { json, pageOf } from '../../../test/mocks/answers';
import { costModels } from '../../../test/mocks/costs';
import { problem } from '../../../test/mocks/handlers';
import { vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const row = (table: HTMLElement, first: string) =>
  within(table)
    .getAllByRole('row')
    .find((one) => one.textContent.startsWith(first)) ?? document.body;

it('shows the newest cost model: what each approach costs, where they cross, and what that rests on', async () => {
  const { user } = visit('/apps/mail-triage?tab=costs');
  const totals = await screen.findByRole('table', { name: 'Costs of the approaches' });
  expect(row(totals, 'Prompt engineering')).toHaveTextContent(
    'Prompt engineering cheapest$950.00$200.00$3.00$500.00 to $2,000.00 from the guide',
  );
  expect(row(totals, 'Fine-tuning')).toHaveTextContent('from $10,000.00, plus calls');

  const crossings = screen.getByRole('table', { name: 'Break-even points' });
  expect(row(crossings, 'Prompt engineeringFine-tuning')).toHaveTextContent('6,533,334');
  expect(row(crossings, 'Prompt engineeringRetrieval')).toHaveTextContent('is cheaper at every volume');
  expect(screen.getByRole('img', { name: 'Monthly cost over calls per month: 3 crossovers in range' })).toBeVisible();

  await user.click(screen.getByRole('button', { name: 'Figures and their sources' }));
  const figures = screen.getByRole('table', { name: 'Figures of the cost model' });
  expect(row(figures, 'Calls')).toHaveTextContent('$0.003 per call800 tokens in at 2.50 USD per million');
  expect(within(figures).queryByText('Scaling')).not.toBeInTheDocument();
});

it('shows what was measured, by key or by what answered', async () => {
  const { user } = visit('/apps/mail-triage?tab=costs');
  const keys = await screen.findByRole('table', { name: 'Measured by API key' });
  expect(row(keys, 'Mail gateway')).toHaveTextContent('Mail gateway1,204399,000$12.50');
  expect(row(keys, 'Without a key')).toHaveTextContent(
    'Without a key: people, evaluation and other services70770no known price',
  );
  await user.selectOptions(screen.getByLabelText('By'), 'Model');
  expect(row(await screen.findByRole('table', { name: 'Measured by Model' }), 'acme-llm')).toHaveTextContent(
    'acme-llm/large70770no known price',
  );
});

it('says that nothing was measured, also before costs are computed', async () => {
  visit('/apps/mail-triage?tab=costs', {
    but: [http.get('*/api/usage', () => json({ from: '', to: '', rows: [], groups: 0 }))],
  });
  expect(await screen.findByText(/^There were no calls in that time/)).toBeVisible();
});

it('opens another cost model by its address, with the range that it was computed for', async () => {
  const { user, address } = visit('/apps/mail-triage?tab=costs');
  const models = await screen.findByRole('table', { name: 'Cost models' });
  await user.click(within(models).getByRole('link', { name: /09:10:00/ }));
  expect(await screen.findByRole('heading', { name: 'Costs at 20,000,000 calls per month' })).toBeVisible();
  expect(address()).toBe('/apps/mail-triage?tab=costs&cost=0190f100-0000-7000-8000-0000000000c1');
  expect(screen.getAllByText(/stays cheaper at every volume up to 5,000,000 calls a month$/)).toHaveLength(2);
});

it('shows in words where the costs of an earlier model never cross', async () => {
  const note = (text: string) => ({ ...costModels[0]?.breakEven[0], note: text });
  const earlier = {
    ...costModels[1],
    breakEven: [
      note('no crossover: PROMPT_ENGINEERING is cheaper at every volume'),
      {
        ...note('no crossover in range: PROMPT_ENGINEERING is cheaper up to 5000000 requests a month'),
        above: 'HYBRID',
      },
    ],
  };
  visit(`/apps/mail-triage?tab=costs&cost=${earlier.costModelId}`, {
    but: [http.get('*/api/cost-models', () => pageOf([earlier]))],
  });
  const crossings = await screen.findByRole('table', { name: 'Break-even points' });
  expect(row(crossings, 'Prompt engineeringRetrieval')).toHaveTextContent(
    /Prompt engineering is cheaper at every volume$/,
  );
  expect(row(crossings, 'Prompt engineeringHybrid')).toHaveTextContent(
    /Prompt engineering stays cheaper up to 5,000,000$/,
  );
});

it('computes from defaults where nothing is typed, and shows the result', async () => {
  const sent: unknown[] = [];
  const { user, address } = visit('/apps/mail-triage?tab=costs&do=costs&cost=0190f100-0000-7000-8000-0000000000c1', {
    but: [
      http.post('*/api/cost-models', async ({ request }) => {
        sent.push(await request.json());
        return json(costModels[0], 201);
      }),
    ],
  });
  const dialog = within(await screen.findByRole('dialog', { name: 'Compute costs' }));
  await user.click(dialog.getByRole('button', { name: 'Compute' }));
  await expect.poll(() => address()).toBe('/apps/mail-triage?tab=costs');
  expect(sent).toEqual([{ application: 'mail-triage' }]);
});

it('requires the source of an override, and shows a refusal at its field', async () => {
  const refusal = problem(400, {
    title: 'The request is not valid',
    errors: [
      { pointer: '/overrides/0/monthly', detail: 'must be at most 1000000000' },
      { pointer: '/tokens/prompt', detail: 'must be at most 10000000' },
    ],
  });
  const { user } = visit('/apps/mail-triage?tab=costs&do=costs', {
    but: [http.post('*/api/cost-models', () => refusal)],
  });
  const dialog = within(await screen.findByRole('dialog', { name: 'Compute costs' }));
  await user.click(dialog.getByRole('button', { name: 'Add an override' }));
  await user.type(dialog.getByLabelText('USD per month of override 1'), '2000000000');
  expect(dialog.getByText(/Every override needs an amount/)).toBeVisible();
  await user.type(dialog.getByLabelText('Source of override 1'), 'invoice');
  await user.click(dialog.getByRole('button', { name: 'Compute' }));
  await dialog.findByRole('alert');
  expect(dialog.getByLabelText('USD per month of override 1')).toHaveAccessibleDescription(
    'must be at most 1000000000',
  );
  expect(dialog.getByLabelText('Prompt tokens')).toHaveAccessibleDescription(/^must be at most 10000000:/);
});

it('sends only what was said', () => {
  expect(
    questionOf(
      'mail-triage',
      costSchema.parse({
        ...newCosts,
        monthlyVolume: '500000',
        profile: 'SMALL',
        tokens: { ...newCosts.tokens, prompt: '0' },
        overrides: [{ ...newOverride, monthly: '80', source: ' invoice ' }],
      }),
    ),
  ).toEqual({
    application: 'mail-triage',
    monthlyVolume: 500_000,
    profile: 'SMALL',
    tokens: { prompt: 0, input: 200, passages: 800, output: 100, inputPerMillion: 2.5, outputPerMillion: 10 },
    overrides: [{ approach: 'PROMPT_ENGINEERING', line: 'PROMPT_UPKEEP', monthly: 80, source: 'invoice' }],
  });
});

it('says what a cost model is where there is none, and leaves computing to those who may', async () => {
  visit('/apps/mail-triage?tab=costs', { as: vera, scenario: 'empty' });
  expect(await screen.findByText('No costs computed yet')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Compute costs' })).toHaveAttribute('aria-disabled', 'true');
});

it('shows a monthly pace, and how many full days are missing for one', async () => {
  const first = visit('/apps/mail-triage?tab=costs');
  expect(await screen.findByText(/At the pace of 9 full days: 12,345 requests a month/)).toBeVisible();
  first.unmount();
  visit('/apps/mail-triage?tab=costs', {
    but: [http.get('*/api/applications/:name/overview', () => json({ usage: { fullDays: 3, monthlyPace: null } }))],
  });
  expect(await screen.findByText(/Not enough days for a monthly pace: 3 of 7 full days/)).toBeVisible();
});
