import { expect, it } from 'vitest';
import { placeOf } from '@/app/navigation';
import { router } from '@/app/router';

it('has a place for every route', () => {
  const routes = Object.keys(router.routesByPath).filter((path) => path !== '/');
  expect(routes.filter((path) => placeOf(path) === undefined)).toEqual([]);
});

it('counts runs to applications and sweeps to training, and what only begins alike to nothing', () => {
  expect(['/apps/mail-triage', '/runs/run-3', '/sweeps/s-1'].map(placeOf)).toEqual(['/apps', '/apps', '/training']);
  expect(['/appsheet', '/settings', '/nowhere'].map(placeOf)).toEqual(Array(3).fill(undefined));
});
