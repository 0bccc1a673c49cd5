import { expect, it } from 'vitest';
import { withMetricNames } from './metrics';

it('calls a metric by its name where a reason begins with its id, and leaves other reasons as they are', () => {
  expect(withMetricNames('macro_f1 is 0.78, at least 0.70 is not shown')).toBe(
    'Macro F1 is 0.78, at least 0.70 is not shown',
  );
  expect(withMetricNames('nothing is measured')).toBe('nothing is measured');
});
