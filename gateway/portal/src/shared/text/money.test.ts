import { expect, it } from 'vitest';
import { money } from './money';

it('shows amounts with cents from one dollar on, and with three digits below', () => {
  expect(money({ amount: '1234.5', currency: 'USD' })).toBe('$1,234.50');
  expect(money({ amount: '0.0030000', currency: 'USD' })).toBe('$0.003');
  expect(money({ amount: '0.000000584', currency: 'USD' })).toBe('$0.000000584');
  expect(money({ amount: '0', currency: 'USD' })).toBe('$0');
});

it('names any other currency', () => {
  expect(money({ amount: '2', currency: 'EUR' })).toBe('2.00 EUR');
});
