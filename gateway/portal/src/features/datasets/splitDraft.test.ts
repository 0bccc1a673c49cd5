import { expect, it } from 'vitest';
import { defaultSplit, definitionOf, rowsTaken } from './splitDraft';
import { datasetVersions } from '../../../test/mocks/datasets';

const report = datasetVersions[0]?.report;
const duplicates = (report?.duplicates.exact ?? 0) + (report?.duplicates.near ?? 0);

it('divides the rows that remain when duplicates are dropped', () => {
  expect(duplicates).toBeGreaterThan(0);
  expect(rowsTaken(defaultSplit, 1000, report)).toBe(1000 - duplicates);
  expect(rowsTaken({ ...defaultSplit, dropDuplicates: false }, 1000, report)).toBe(1000);
});

it('divides no more than the maximum', () => {
  expect(rowsTaken({ ...defaultSplit, maxRows: '20' }, 1000, report)).toBe(20);
  expect(rowsTaken({ ...defaultSplit, maxRows: '5000' }, 1000, report)).toBe(1000 - duplicates);
});

it('asks for the given subsets in the place of shares', () => {
  expect(definitionOf({ ...defaultSplit, given: true, maxRows: undefined, seed: 7 }, true)).toEqual({
    given: true,
    stratify: false,
    dropDuplicates: true,
    maxRows: null,
    seed: 7,
  });
});
