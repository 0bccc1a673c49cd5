import { expect, it } from 'vitest';
import { allPages } from './pages';

const three = (token: string | undefined) => {
  const number = Number(token ?? 1);
  return Promise.resolve({ items: [number], nextPageToken: number < 3 ? String(number + 1) : null });
};

it('goes on from page to page until there is none, or enough', async () => {
  expect(await allPages(three)).toEqual({ items: [1, 2, 3] });
  expect(await allPages(three, 2)).toEqual({ items: [1, 2] });
});
