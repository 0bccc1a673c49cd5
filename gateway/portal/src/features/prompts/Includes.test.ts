import { expect, it } from 'vitest';
import { movedOn } from './Includes';

it('says where the label that was named, else production, else the newest version went', () => {
  const at = { version: 3, label: null };
  expect(movedOn({ ...at, label: 'staging', labels: { staging: 4, latest: 4 } })).toBe('; staging is now v4');
  expect(movedOn({ ...at, labels: { production: 3, latest: 4 } })).toBe('');
  expect(movedOn({ ...at, labels: { latest: 4 } })).toBe('; latest is now v4');
});
