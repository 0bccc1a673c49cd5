import { expect, it } from 'vitest';
import { withMetricNames } from './metrics';

it('replaces the id of a metric at the start of a reason by its name, and leaves other reasons unchanged', () => {
  expect(withMetricNames('macro_f1 is 0.78, at least 0.70 is not shown')).toBe(
    'Macro F1 is 0.78, at least 0.70 is not shown',
  );
  expect(withMetricNames('nothing is measured')).toBe('nothing is measured');
});
