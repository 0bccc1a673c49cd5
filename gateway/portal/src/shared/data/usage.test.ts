import { expect, it } from 'vitest';
import { costOf, tokensOf, type UsageRow } from './usage';

const row: UsageRow = {
  apiKeyId: null,
  apiKeyName: null,
  application: null,
  variantDigest: null,
  model: null,
  requests: 10,
  errors: 0,
  cacheHits: 0,
  inputTokens: 1_000,
  cachedInputTokens: 0,
  outputTokens: 200,
  reasoningTokens: 0,
  unpricedRequests: 0,
  lastMinute: '2026-11-27T10:00:00Z',
  costs: [],
};

it('adds the tokens up, and never two currencies', () => {
  expect(tokensOf(row)).toBe('1,200');
  expect(
    costOf({
      ...row,
      costs: [
        { amount: '2.5', currency: 'EUR' },
        { amount: '1', currency: 'USD' },
      ],
    }),
  ).toBe('2.50 EUR, $1.00');
});

it('distinguishes what costs nothing from what has no known price', () => {
  expect(costOf(row)).toBe('$0');
  expect(costOf({ ...row, unpricedRequests: 10 })).toBe('no known price');
  expect(costOf({ ...row, unpricedRequests: 3, costs: [{ amount: '1', currency: 'USD' }] })).toBe(
    '$1.00, 3 without a price',
  );
});
