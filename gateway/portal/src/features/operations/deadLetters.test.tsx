import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { deadLetters } from '../../../test/mocks/operations';
import { sam, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const first = deadLetters[0]?.key ?? '';

async function dialog(user: ReturnType<typeof visit>['user']): Promise<HTMLElement> {
  await user.click(
    (await screen.findAllByRole('button', { name: `Replay release.changed about ${first}` }))[0] ?? document.body,
  );
  return screen.findByRole('dialog', { name: 'Replay in evaluation' });
}

it('lists the dead letters of each service, and names in one line the services without any', async () => {
  visit('/ops/dead-letters', { as: sam });
  const table = await screen.findByRole('table', { name: 'Dead letters of evaluation' });
  expect(within(table).getAllByText('release.changed')).toHaveLength(2);
  expect(await screen.findByText(/^No dead letters in strategy, .* inference and compliance\.$/)).toBeVisible();
});

it('shows a failure only in the card of the service that fails, and recovers on retry', async () => {
  let down = true;
  const training = http.get('*/api/services/training/dead-letters', () =>
    down ? problem(503, { title: 'training does not answer' }) : undefined,
  );
  const { user } = visit('/ops/dead-letters', { as: sam, but: [training] });
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText('training does not answer', { exact: false })).toBeVisible();
  expect(screen.getByRole('table', { name: 'Dead letters of evaluation' })).toBeVisible();
  down = false;
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^No dead letters in strategy, .*training/)).toBeVisible();
});

it('shows the cause of a dead letter with a link to the ledger, and keeps both in the address', async () => {
  const { user, address } = visit('/ops/dead-letters', { as: sam });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Service' }), 'evaluation');
  const [row] = await screen.findAllByText('release.changed');
  await user.click(within(row?.closest('tr') ?? document.body).getByRole('button', { name: 'Details' }));
  expect(address()).toBe('/ops/dead-letters?service=evaluation&letter=evaluation.41');
  expect(screen.getByRole('link', { name: `release.changed of ${first} in the ledger` })).toHaveAttribute(
    'href',
    `/audit?object=${first}&type=release.changed`,
  );
});

it('replays only after confirmation, and reports the result', async () => {
  const requested: string[] = [];
  let left = deadLetters;
  const { user } = visit('/ops/dead-letters', {
    as: sam,
    but: [
      http.get('*/api/services/evaluation/dead-letters', () => pageOf(left)),
      http.post('*/api/services/:service/dead-letters/:id/replay', ({ params }) => {
        requested.push(`${String(params['service'])} ${String(params['id'])}`);
        left = [];
        return json({ applied: 2, remaining: 0 });
      }),
    ],
  });
  const confirmation = await dialog(user);
  expect(requested).toEqual([]);
  await user.click(within(confirmation).getByRole('button', { name: 'Replay' }));
  expect(await screen.findByText(`evaluation has applied 2 dead letters about ${first}`)).toBeVisible();
  expect(requested).toEqual(['evaluation 41']);
  expect(await screen.findByText('No dead letters')).toBeVisible();
});

it('shows in the dialog why a replay stopped, and which dead letters remain', async () => {
  let left = deadLetters;
  const { user } = visit('/ops/dead-letters', {
    as: sam,
    but: [
      http.get('*/api/services/evaluation/dead-letters', () => pageOf(left)),
      http.post('*/api/services/evaluation/dead-letters/41/replay', () => {
        left = deadLetters.slice(1);
        return problem(409, {
          title: 'State does not allow it',
          detail: '1 of 2 messages were applied. Message 42 fails again, mend its cause first: no such variant',
        });
      }),
    ],
  });
  const confirmation = await dialog(user);
  await user.click(within(confirmation).getByRole('button', { name: 'Replay' }));
  expect(await within(confirmation).findByText(/^1 of 2 messages were applied/)).toBeVisible();
  await user.click(within(confirmation).getByRole('button', { name: 'Cancel' }));
  expect(await screen.findAllByText('release.changed')).toHaveLength(1);
});

it('reports that somebody else has replayed it meanwhile', async () => {
  const gone = http.post('*/api/services/evaluation/dead-letters/41/replay', () =>
    problem(404, { title: 'Not found' }),
  );
  const { user } = visit('/ops/dead-letters', { as: sam, but: [gone] });
  await user.click(within(await dialog(user)).getByRole('button', { name: 'Replay' }));
  expect(await screen.findByText(`No dead letter about ${first} was left in evaluation`)).toBeVisible();
});

it('asks for a reason to accept, and shows that a second person has to confirm', async () => {
  const sent: unknown[] = [];
  let letters = deadLetters;
  const { user } = visit('/ops/dead-letters?service=evaluation&letter=evaluation.41', {
    as: sam,
    but: [
      http.get('*/api/services/evaluation/dead-letters', () => pageOf(letters)),
      http.post('*/api/services/evaluation/dead-letters/41/accept', async ({ request }) => {
        sent.push(await request.json());
        letters = letters.map((letter) => ({ ...letter, acceptedBy: ['sam'], acceptedReason: 'It was a mistake' }));
        return json({ acceptedBy: ['sam'], reason: 'It was a mistake' });
      }),
    ],
  });
  const name = `release.changed about ${first}`;
  await user.click(await screen.findByRole('button', { name: `Accept without it: ${name}` }));
  const dialog = await screen.findByRole('dialog', { name: /Accept without it in evaluation/ });
  await user.type(within(dialog).getByRole('textbox', { name: /Reason/ }), 'It was a mistake');
  await user.click(within(dialog).getByRole('button', { name: 'Accept' }));
  expect(await screen.findByText('A second person has to confirm.')).toBeVisible();
  expect(sent).toEqual([{ reason: 'It was a mistake' }]);
  expect(screen.getByRole('button', { name: `Confirm: ${name}` })).toBeVisible();
});

it('requests nothing for a person without the role', async () => {
  const requested: string[] = [];
  visit('/ops/dead-letters', {
    as: vera,
    but: [
      http.get('*/api/services/:service/dead-letters', ({ params }) => {
        requested.push(String(params['service']));
        return new HttpResponse(null, { status: 403 });
      }),
    ],
  });
  expect(await screen.findByText(/Only people with the role sre/)).toBeVisible();
  expect(requested).toEqual([]);
});
