import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { json, pageOf } from '../../../test/mocks/answers';
import { problem } from '../../../test/mocks/handlers';
import { parked } from '../../../test/mocks/operations';
import { sam, vera } from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

const first = parked[0]?.key ?? '';

async function dialog(user: ReturnType<typeof visit>['user']): Promise<HTMLElement> {
  await user.click(
    (await screen.findAllByRole('button', { name: `Replay release.changed about ${first}` }))[0] ?? document.body,
  );
  return screen.findByRole('dialog', { name: 'Replay in evaluation' });
}

it('shows what each service could not apply, and in one line which have nothing', async () => {
  visit('/ops/parked', { as: sam });
  const table = await screen.findByRole('table', { name: 'Parked messages of evaluation' });
  expect(within(table).getAllByText('release.changed')).toHaveLength(2);
  expect(await screen.findByText(/^Nothing is parked in strategy, .* inference and compliance\.$/)).toBeVisible();
});

it('loses the part of a dead service only, and gets it back on request', async () => {
  let down = true;
  const training = http.get('*/api/services/training/parked-messages', () =>
    down ? problem(503, { title: 'training does not answer' }) : undefined,
  );
  const { user } = visit('/ops/parked', { as: sam, but: [training] });
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByText('training does not answer', { exact: false })).toBeVisible();
  expect(screen.getByRole('table', { name: 'Parked messages of evaluation' })).toBeVisible();
  down = false;
  await user.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/^Nothing is parked in strategy, .*training/)).toBeVisible();
});

it('opens a message to its cause and to what the ledger has of it, and keeps both service and message in the address', async () => {
  const { user, address } = visit('/ops/parked', { as: sam });
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Service' }), 'evaluation');
  const [row] = await screen.findAllByText('release.changed');
  await user.click(within(row?.closest('tr') ?? document.body).getByRole('button', { name: 'Details' }));
  expect(address()).toBe('/ops/parked?service=evaluation&message=evaluation.41');
  expect(screen.getByRole('link', { name: `release.changed of ${first} in the ledger` })).toHaveAttribute(
    'href',
    `/audit?object=${first}&type=release.changed`,
  );
});

it('replays only once confirmed, and says what came of it', async () => {
  const asked: string[] = [];
  let left = parked;
  const { user } = visit('/ops/parked', {
    as: sam,
    but: [
      http.get('*/api/services/evaluation/parked-messages', () => pageOf(left)),
      http.post('*/api/services/:service/parked-messages/:id/replay', ({ params }) => {
        asked.push(`${String(params['service'])} ${String(params['id'])}`);
        left = [];
        return json({ applied: 2, remaining: 0 });
      }),
    ],
  });
  const confirmation = await dialog(user);
  expect(asked).toEqual([]);
  await user.click(within(confirmation).getByRole('button', { name: 'Replay' }));
  expect(await screen.findByText(`evaluation has applied 2 messages about ${first}`)).toBeVisible();
  expect(asked).toEqual(['evaluation 41']);
  expect(await screen.findByText('Nothing is parked')).toBeVisible();
});

it('says in the dialog why a replay ended, and shows what is left', async () => {
  let left = parked;
  const { user } = visit('/ops/parked', {
    as: sam,
    but: [
      http.get('*/api/services/evaluation/parked-messages', () => pageOf(left)),
      http.post('*/api/services/evaluation/parked-messages/41/replay', () => {
        left = parked.slice(1);
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

it('says that somebody else has replayed it meanwhile', async () => {
  const gone = http.post('*/api/services/evaluation/parked-messages/41/replay', () =>
    problem(404, { title: 'Not found' }),
  );
  const { user } = visit('/ops/parked', { as: sam, but: [gone] });
  await user.click(within(await dialog(user)).getByRole('button', { name: 'Replay' }));
  expect(await screen.findByText(`Nothing about ${first} was parked in evaluation any more`)).toBeVisible();
});

it('asks no service for somebody who may not see it', async () => {
  const asked: string[] = [];
  visit('/ops/parked', {
    as: vera,
    but: [
      http.get('*/api/services/:service/parked-messages', ({ params }) => {
        asked.push(String(params['service']));
        return new HttpResponse(null, { status: 403 });
      }),
    ],
  });
  expect(await screen.findByText(/Only people with the role sre/)).toBeVisible();
  expect(asked).toEqual([]);
});
