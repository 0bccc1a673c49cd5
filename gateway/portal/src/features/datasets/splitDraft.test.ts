import { expect, it } from 'vitest';
import { defaultSplit, rowsTaken } from './splitDraft';
import { datasetVersions } from '../../../test/mocks/datasets';

const report = datasetVersions[0]?.report;
const duplicates = (report?.duplicates.exact ?? 0) + (report?.duplicates.near ?? 0);

it('shares out the rows that are left when duplicates are dropped', () => {
  expect(duplicates).toBeGreaterThan(0);
  expect(rowsTaken(defaultSplit, 1000, report)).toBe(1000 - duplicates);
  expect(rowsTaken({ ...defaultSplit, dropDuplicates: false }, 1000, report)).toBe(1000);
});

it('shares out no more than the most', () => {
  expect(rowsTaken({ ...defaultSplit, maxRows: '20' }, 1000, report)).toBe(20);
  expect(rowsTaken({ ...defaultSplit, maxRows: '5000' }, 1000, report)).toBe(1000 - duplicates);
});
