import { fireEvent, screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { policyVersions } from '../../../test/mocks/governance';
import { problem } from '../../../test/mocks/handlers';
import { all, cleo, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';
import { only } from '../../../test/requests';

const proposal = {
  proposalId: 'pp-1',
  policy: 'dataset-admission-default',
  target: 'dataset-admission',
  formerVersion: 2,
  source: '[{"name": "rows", "expression": "dataset.rows > 9", "message": "More."}]',
  digest: 'd',
  reason: 'Small datasets are enough here',
  requester: cleo.subject,
  requestedAt: '2026-11-25T01:30:00Z',
  state: 'PROPOSED',
};

const edit = '/policies/dataset-admission-default/new-version?from=2';

it('shows the rules of the version that the address names, and of the active one without', async () => {
  const { user, address } = visit('/policies/dataset-admission-default', { as: vera });
  const rules = await screen.findByRole('table', { name: 'Rules' });
  expect(within(rules).getByText('dataset.rows >= 100')).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'v1' }));
  expect(await screen.findByText('dataset.rows > 0')).toBeVisible();
  expect(address()).toBe('/policies/dataset-admission-default?version=1');
});

it('proposes what was checked, and nothing else', async () => {
  const sent: unknown[] = [];
  const { user, address } = visit(edit, {
    as: cleo,
    but: [
      http.post('*/api/policies', async ({ request }) => {
        sent.push(await request.json());
        return json(proposal, 201);
      }),
    ],
  });
  const area = await screen.findByLabelText(/^Rules, as JSON/);
  expect(area).toHaveValue(policyVersions[0]?.source);
  const propose = screen.getByRole('button', { name: 'Propose' });
  expect(propose).toHaveAttribute('aria-disabled', 'true');
  const source = '[{"name": "rows", "expression": "dataset.rows > 9", "message": "More."}]';
  fireEvent.change(area, { target: { value: source } });
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('The rules can be proposed')).toBeVisible();
  fireEvent.change(area, { target: { value: `${source} ` } });
  expect(propose).toHaveAttribute('aria-disabled', 'true');
  fireEvent.change(area, { target: { value: source } });
  await user.click(propose);
  await expect.poll(() => sent).toEqual([{ name: 'dataset-admission-default', target: 'dataset-admission', source }]);
  await expect.poll(address).toBe('/policies');
});

it('names each flaw beside the text and leads to its place', async () => {
  const { user } = visit(edit, { as: cleo });
  const area = await screen.findByLabelText<HTMLTextAreaElement>(/^Rules, as JSON/);
  fireEvent.change(area, {
    target: {
      value:
        '[\n {"name": "ok", "expression": "dataset.rows > 9", "message": "m"},\n {"name": "typo", "expression": ' +
        '"dataset.rowz > 9", "message": "m"}\n]',
    },
  });
  await user.click(screen.getByRole('button', { name: 'Check' }));
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(
    "Line 3, expression of rule 2, typo: at character 1, undeclared reference to 'dataset' (in container '')",
  );
  expect(area).toHaveAccessibleDescription(/undeclared reference/);
  await user.click(within(alert).getByRole('button'));
  expect(area).toHaveFocus();
  expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('"dataset.rowz > 9"');
});

it('creates a policy with a name and a target, and opens the page for its rules', async () => {
  const { user, address } = visit('/policies', { as: cleo });
  await user.click(await screen.findByRole('button', { name: 'New policy' }));
  const dialog = await screen.findByRole('dialog');
  await user.type(within(dialog).getByLabelText(/^Name/), 'Careful');
  expect(within(dialog).getByLabelText(/^Name/)).toHaveAccessibleDescription(/Start with a letter/);
  await user.clear(within(dialog).getByLabelText(/^Name/));
  await user.type(within(dialog).getByLabelText(/^Name/), 'careful-releases');
  await user.selectOptions(within(dialog).getByLabelText(/^Target/), 'release');
  await user.click(within(dialog).getByRole('button', { name: 'Write its rules' }));
  expect(await screen.findByRole('heading', { name: 'First version', level: 1 })).toBeVisible();
  expect(address()).toBe('/policies/careful-releases/new-version?target=release');
  expect(await screen.findByText('verdict.outcome')).toBeVisible();
  expect(await screen.findByLabelText<HTMLTextAreaElement>(/^Rules, as JSON/)).toHaveValue(
    '[\n  {"name": "",\n   "expression": "",\n   "message": ""}\n]\n',
  );
});

it('shows any other refusal as it is', async () => {
  const refusal = problem(409, {
    title: 'A policy keeps its target',
    detail: 'Choose another name.',
    errors: [{ pointer: '/target', detail: 'is approval for this name' }],
  });
  const { user } = visit(edit, { as: cleo, but: [http.post('*/api/policies/check', () => refusal)] });
  await user.click(await screen.findByRole('button', { name: 'Check' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('target: is approval for this name');
});

it('lets everybody check, and only compliance officers propose', async () => {
  const { user } = visit(edit, { as: vera });
  fireEvent.change(await screen.findByLabelText(/^Rules, as JSON/), {
    target: { value: '[{"name": "rows", "expression": "dataset.rows > 9", "message": "More."}]' },
  });
  await user.click(await screen.findByRole('button', { name: 'Check' }));
  expect(await screen.findByText('The rules can be proposed')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Propose' })).toHaveAttribute('aria-disabled', 'true');
});

it('lets a second person activate a proposed policy, with a reason', async () => {
  const sent: unknown[] = [];
  const { user } = visit('/policies', {
    as: all,
    but: [
      only('*/api/policy-proposals', [proposal]),
      http.post('*/api/policy-proposals/pp-1/decisions', async ({ request }) => {
        sent.push(await request.json());
        return json({ ...proposal, state: 'ACTIVATED' });
      }),
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Show the rules' }));
  expect(screen.getByText('dataset.rows > 9')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Activate' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox'), 'As agreed');
  await user.click(dialog.getByRole('button', { name: 'Activate' }));
  await expect.poll(() => sent).toEqual([{ decision: 'APPROVED', reason: 'As agreed' }]);
});

it('does not let the person who proposed a policy activate it', async () => {
  visit('/policies', { as: cleo, but: [only('*/api/policy-proposals', [proposal])] });
  expect(await screen.findByRole('button', { name: 'Activate' })).toHaveAttribute('aria-disabled', 'true');
});
