import { screen, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { matching } from './found';
import { problem } from '../../../test/mocks/handlers';
import { visit } from '../../../test/portal';

it('finds an object by a part of its name and its kind, from the keyboard', async () => {
  const { user, address } = visit('/home');
  await screen.findByRole('button', { name: /^Find/ });
  await user.keyboard('{Control>}k{/Control}');
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByRole('textbox'), 'mail dataset');
  await user.click(await dialog.findByRole('link', { name: 'mails' }));
  expect(address()).toBe('/datasets/mails');
  expect(screen.queryByRole('dialog')).toBeNull();
});

it('says that kinds are missing while a service does not answer', async () => {
  const { user } = visit('/home', {
    but: [http.get('*/api/policies', () => problem(503, { title: 'Compliance is down', detail: 'Wait.' }))],
  });
  await user.click(await screen.findByRole('button', { name: /^Find/ }));
  expect(await screen.findByText('A service does not answer, so some kinds are missing.')).toBeVisible();
  await user.type(screen.getByRole('textbox'), 'nothing like it');
  expect(screen.getByText('Nothing has that name.')).toBeVisible();
});

it('puts what begins with the first word before the rest', () => {
  const named = (name: string) => ({ kind: 'Prompt', name, to: `/prompts/${name}` });
  expect(matching([named('a-mail'), named('mail'), named('letter')], 'MAIL').map(({ name }) => name)).toEqual([
    'mail',
    'a-mail',
  ]);
  expect(matching([named('mail')], '  ')).toEqual([]);
});
