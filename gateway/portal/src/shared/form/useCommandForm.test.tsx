import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { TextField } from './fields';
import { requiredText, z } from './schema';
import { useCommandForm } from './useCommandForm';
import { Problem } from '@/shared/http/problem';
import { createQueries } from '@/shared/http/queries';

const schema = z.object({ name: requiredText('Name it.'), secret: z.string() });

type Send = (command: { title: string }, key: string) => Promise<string>;

function Form({ send }: { send: Send }) {
  const form = useCommandForm({
    draft: 'test',
    undrafted: ['secret'],
    schema,
    initial: { name: '', secret: '' },
    command: ({ name }) => ({ title: name }),
    send,
    pointers: { '/title': 'name' },
    onSent: () => undefined,
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <TextField id="name" control={form.control} name="name" label="Name" />
      <TextField id="secret" control={form.control} name="secret" label="Secret" />
      <p role="status">{[form.blocked, form.restored && 'restored', form.result].filter(Boolean).join(' ')}</p>
      <button type="submit">Send</button>
      <button type="button" onClick={form.reset}>
        Reset
      </button>
    </form>
  );
}

function show(send: Send = () => Promise.resolve('sent')) {
  const view = render(
    <QueryClientProvider client={createQueries(0)}>
      <Form send={send} />
    </QueryClientProvider>,
  );
  return { ...view, user: userEvent.setup(), status: () => screen.getByRole('status').textContent };
}

const kept = () => JSON.parse(sessionStorage.getItem('plumbline.draft.test') ?? 'null') as unknown;

it('names the first reason why it cannot be sent, and does not send', async () => {
  const sent: unknown[] = [];
  const { user, status } = show((command) => Promise.resolve(String(sent.push(command))));
  expect(status()).toBe('Name it.');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByLabelText('Name')).toHaveAccessibleDescription(/^Name it/);
  expect(sent).toEqual([]);
});

it('keeps a draft without its secrets, restores it, and forgets it once it is sent', async () => {
  const { user, unmount } = show();
  await user.type(screen.getByLabelText('Name'), 'mails');
  await user.type(screen.getByLabelText('Secret'), 'sk-1');
  expect(kept()).toEqual({ name: 'mails' });
  unmount();

  const again = show();
  expect(again.status()).toBe('restored');
  expect(screen.getByLabelText('Name')).toHaveValue('mails');
  expect(screen.getByLabelText('Secret')).toHaveValue('');
  await again.user.click(screen.getByRole('button', { name: 'Send' }));
  await expect.poll(again.status).toContain('sent');
  expect(kept()).toBeNull();
});

it('discards a draft when it is reset', async () => {
  const { user } = show();
  await user.type(screen.getByLabelText('Name'), 'mails');
  await user.click(screen.getByRole('button', { name: 'Reset' }));
  expect(screen.getByLabelText('Name')).toHaveValue('');
  expect(kept()).toBeNull();
});

it('shows a refusal at its field until that is changed, and sends the same command with the same key', async () => {
  const keys: string[] = [];
  const refusal = new Problem({
    type: 'about:blank',
    title: 'Refused',
    status: 422,
    errors: [{ pointer: '/title', detail: 'is taken' }],
  });
  const { user } = show((_command, key) => {
    keys.push(key);
    return Promise.reject(refusal);
  });
  const name = screen.getByLabelText('Name');
  await user.type(name, 'mails');
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect.poll(() => keys).toHaveLength(1);
  await expect.poll(() => name).toHaveAccessibleDescription(/^is taken/);
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect.poll(() => keys).toHaveLength(2);
  await user.type(name, '2');
  expect(name).not.toHaveAccessibleDescription();
  await user.click(screen.getByRole('button', { name: 'Send' }));
  await expect.poll(() => keys).toHaveLength(3);
  const [first, second, third] = keys;
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it.each(['{"name": {"first": "Ada"}}', '{"name": ["Ada"]}', 'null'])(
  'shows no draft that was kept in another shape: %s',
  (draft) => {
    sessionStorage.setItem('plumbline.draft.test', draft);
    const { status } = show();
    expect(screen.getByLabelText('Name')).toHaveValue('');
    expect(status()).toBe('Name it.');
  },
);
