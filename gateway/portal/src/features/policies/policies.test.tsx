import { fireEvent, screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { json } from '../../../test/mocks/answers';
import { policyVersions } from '../../../test/mocks/governance';
import { problem } from '../../../test/mocks/handlers';
import { cleo, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const edit = '/policies/dataset-admission-default/new-version?from=2';

it('shows the rules of the version that the address names, and of the active one without', async () => {
  const { user, address } = visit('/policies/dataset-admission-default', { as: vera });
  const rules = await screen.findByRole('table', { name: 'Rules' });
  expect(within(rules).getByText('dataset.rows >= 100')).toBeVisible();
  await user.click(screen.getByRole('link', { name: 'v1' }));
  expect(await screen.findByText('dataset.rows > 0')).toBeVisible();
  expect(address()).toBe('/policies/dataset-admission-default?version=1');
});

it('activates what was checked, and nothing else', async () => {
  const sent: unknown[] = [];
  const { user, address } = visit(edit, {
    as: cleo,
    but: [
      http.post('*/api/policies', async ({ request }) => {
        sent.push(await request.json());
        return json({ ...policyVersions[0], version: 3 }, 201);
      }),
    ],
  });
  const area = await screen.findByLabelText(/^Rules, as JSON/);
  expect(area).toHaveValue(policyVersions[0]?.source);
  const activate = screen.getByRole('button', { name: 'Activate' });
  expect(activate).toHaveAttribute('aria-disabled', 'true');
  const source = '[{"name": "rows", "expression": "dataset.rows > 9", "message": "More."}]';
  fireEvent.change(area, { target: { value: source } });
  await user.click(screen.getByRole('button', { name: 'Check' }));
  expect(await screen.findByText('The rules can be activated')).toBeVisible();
  fireEvent.change(area, { target: { value: `${source} ` } });
  expect(activate).toHaveAttribute('aria-disabled', 'true');
  fireEvent.change(area, { target: { value: source } });
  await user.click(activate);
  await expect.poll(() => sent).toEqual([{ name: 'dataset-admission-default', target: 'dataset-admission', source }]);
  await expect.poll(address).toBe('/policies/dataset-admission-default');
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

it('lets everybody check, and only compliance officers activate', async () => {
  const { user } = visit(edit, { as: vera });
  fireEvent.change(await screen.findByLabelText(/^Rules, as JSON/), {
    target: { value: '[{"name": "rows", "expression": "dataset.rows > 9", "message": "More."}]' },
  });
  await user.click(await screen.findByRole('button', { name: 'Check' }));
  expect(await screen.findByText('The rules can be activated')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Activate' })).toHaveAttribute('aria-disabled', 'true');
});
