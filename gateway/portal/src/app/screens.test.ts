import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { router } from '@/app/router';

it('is mapped whole: docs/screens.md has every route, and no other', () => {
  const page = readFileSync('../../docs/screens.md', 'utf8');
  const mapped = [...page.matchAll(/^\| `(\/[^`]+)`/gm)].map(([, path]) => path);
  const routes = Object.keys(router.routesByPath).filter((path) => path !== '/');
  expect(mapped.toSorted()).toEqual(routes.toSorted());
});
