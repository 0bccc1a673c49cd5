import { expect, it } from 'vitest';
import { metricName, metricValue, withMetricNames } from './metrics';

it('names a metric by that of its scorer, and writes out the names that would not be read', () => {
  expect(['accuracy', 'tool_calls', 'latency_p95_ms'].map(metricName)).toEqual([
    'Accuracy',
    'Tool calls',
    'Latency p95',
  ]);
  expect(withMetricNames('names_the_deadline is 0.80: at least 0.90 is missed')).toBe(
    'Names the deadline is 0.80: at least 0.90 is missed',
  );
});

it('replaces the id of a metric at the start of a reason by its name, and leaves other reasons unchanged', () => {
  expect(withMetricNames('macro_f1 is 0.78, at least 0.70 is not shown')).toBe(
    'Macro F1 is 0.78, at least 0.70 is not shown',
  );
  expect(withMetricNames('nothing is measured')).toBe('nothing is measured');
});

it('groups the digits of values, and leaves out the zero of shares', () => {
  expect(metricValue('latency_p95_ms', 1234.4)).toBe('1,234 ms');
  expect(metricValue('latency_p95_ms', 12.34)).toBe('12.3 ms');
  expect(metricValue('cost_per_1000_usd', 1234.5)).toBe('$1,234.50');
  expect(metricValue('accuracy', 0.9)).toBe('.900');
});
