import { act, render, screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it, vi } from 'vitest';
import { problem } from '../../../test/mocks/handlers';
import { visit } from '../../../test/portal';

it('explains a term where it stands, by keyboard, in the words of the glossary', async () => {
  const { user, address } = visit('/apps/mail-triage');
  const term = await screen.findByRole('button', { name: 'Alternative' });
  term.focus();
  await user.keyboard('{Enter}');
  const meaning = within(await screen.findByRole('dialog', { name: 'Meaning of alternative' }));
  expect(meaning.getByText(/a worthwhile variant is expected to reach/)).toBeVisible();
  await user.click(meaning.getByRole('link', { name: 'All terms' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Glossary' })).toBeVisible();
  expect(address()).toBe('/help#alternative');
});

it('shows a term plainly where its meaning cannot be loaded', async () => {
  vi.doMock('./TermPopover', () => {
    throw new Error('The chunk is gone');
  });
  vi.resetModules();
  const { Term } = await import('./Term');
  render(<Term name="alternative">Alternative</Term>);
  await act(() => import('./TermPopover').catch(() => undefined));
  expect(await screen.findByText('Alternative')).toBeVisible();
  expect(screen.queryByRole('button')).toBeNull();
  vi.doUnmock('./TermPopover');
});

it('lists all terms by subject', async () => {
  visit('/help#dead-letter');
  expect(await screen.findByRole('heading', { name: 'Mechanisms' })).toBeVisible();
  expect(screen.getByText(/^an event that a consumer could not apply/).id).toBe('dead-letter');
});

it('says once that an application does not exist', async () => {
  const missing = () => problem(404, { title: 'Not found', detail: 'No application has this name.' });
  visit('/apps/nothing', { but: [http.get('*/api/applications/nothing', missing)] });
  expect(await screen.findByText('No application has this name.')).toBeVisible();
  expect(screen.queryByRole('tab')).toBeNull();
  expect(screen.queryByText(/same problem/)).toBeNull();
});
