import { expect, it } from 'vitest';
import { isAdmittedTo, splitReference } from './splits';
import { datasetVersions } from '../../../test/mocks/datasets';

it('writes a split from the left as far as it is chosen', () => {
  expect(splitReference('mails')).toBe('mails');
  expect(splitReference('mails', 2)).toBe('mails/2');
  expect(splitReference('mails', 2, 'd1')).toBe('mails/2/d1');
  expect(splitReference('mails', 0, null)).toBe('mails');
});

it('counts an admission only for the purposes it names', () => {
  const [version] = datasetVersions;
  if (version?.admission == null) throw new Error('The first version of the mocks is admitted');
  const limited = { ...version, admission: { ...version.admission, purposes: ['EVALUATE' as const] } };
  expect(isAdmittedTo(limited, 'EVALUATE')).toBe(true);
  expect(isAdmittedTo(limited, 'TRAIN')).toBe(false);
});
