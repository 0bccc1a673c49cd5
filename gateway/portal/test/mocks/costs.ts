import { http, type HttpHandler } from 'msw';
import type { Approach, CostEntry, CostLine, CostModel } from '../../src/features/costs/costs';
import { json, pageOf } from './answers';

/** A cost model of an application, as strategy computes it. */
const usd = (amount: number) => ({ amount: String(amount), currency: 'USD' });

const estimate = 'estimate; the guide gives no band';
const calibrated = 'calibrated to the guide band';
const prices = (tokens: number) =>
  `${tokens} tokens in at 2.50 USD per million, 100 out at 10.00: list prices of a mid-size hosted model`;

const lines: CostEntry[] = [
  ...calls('PROMPT_ENGINEERING', 0.003, 800),
  ...fixed('PROMPT_ENGINEERING', { PROMPT_UPKEEP: 200 }, 'hours at 80 USD, calibrated to the guide band'),
  ...calls('RAG', 0.005, 1600),
  ...fixed('RAG', { PROMPT_UPKEEP: 200, HOSTING: 400, STORAGE: 80, DATA_PREPARATION: 800 }, estimate),
  ...calls('FINE_TUNING', 0.0015, 200),
  ...fixed(
    'FINE_TUNING',
    {
      HOSTING: 2400,
      TRAINING_COMPUTE: 600,
      DATA_PREPARATION: 2400,
      EVALUATION: 800,
      PEOPLE: 3200,
      RETRAINING: 400,
      STORAGE: 40,
      ROLLBACK: 160,
    },
    calibrated,
  ),
  ...calls('HYBRID', 0.0035, 1000),
  ...fixed(
    'HYBRID',
    {
      HOSTING: 2800,
      TRAINING_COMPUTE: 600,
      DATA_PREPARATION: 3200,
      EVALUATION: 800,
      PEOPLE: 3200,
      RETRAINING: 400,
      STORAGE: 120,
      ROLLBACK: 160,
      PROMPT_UPKEEP: 200,
    },
    estimate,
  ),
];

function calls(approach: Approach, perRequest: number, tokens: number): CostEntry[] {
  return [{ approach, line: 'API_CALLS', monthly: 0, monthlyHigh: 0, perRequest, source: prices(tokens) }];
}

function fixed(approach: Approach, amounts: Partial<Record<CostLine, number>>, source: string): CostEntry[] {
  const entries = Object.entries(amounts).map(([line, monthly]) => ({
    approach,
    line: line as CostLine,
    monthly,
    monthlyHigh: monthly,
    perRequest: 0,
    source,
  }));
  return [
    ...entries,
    { approach, line: 'SCALING', monthly: 0, monthlyHigh: 0, perRequest: 0, source: 'does not apply' },
  ];
}

const total = (approach: Approach, fixedPart: number, perRequest: number, volume: number) => ({
  approach,
  fixed: usd(fixedPart),
  perRequest: usd(perRequest),
  monthly: usd(Math.round(fixedPart + perRequest * volume)),
});

const costs = (volume: number) => [
  total('PROMPT_ENGINEERING', 200, 0.003, volume),
  total('RAG', 1480, 0.005, volume),
  total('FINE_TUNING', 10_000, 0.0015, volume),
  total('HYBRID', 11_480, 0.0035, volume),
];

const never = (below: Approach, above: Approach) => ({
  below,
  above,
  monthlyVolume: null,
  note: `${below} is cheaper at every volume`,
});
const crossing = (below: Approach, above: Approach, monthlyVolume: number) => ({
  below,
  above,
  monthlyVolume,
  note: `${below} is cheaper below 50,000 calls a month, ${above} from there on`,
});

const costModel: CostModel = {
  costModelId: '0190f100-0000-7000-8000-0000000000c2',
  application: 'mail-triage',
  basis: 'volume estimate at registration',
  profile: 'ENTERPRISE',
  monthlyVolume: 250_000,
  maxVolume: 100_000_000,
  author: 'subject-ada',
  createdAt: '2026-11-25T00:55:00Z',
  lines,
  totals: costs(250_000),
  bands: [
    { approach: 'PROMPT_ENGINEERING', low: usd(500), high: usd(2000), excludesUsage: false, source: 'guide band' },
    { approach: 'RAG', low: usd(1980), high: usd(4280), excludesUsage: false, source: 'model' },
    { approach: 'FINE_TUNING', low: usd(10_000), high: null, excludesUsage: true, source: 'guide band' },
    { approach: 'HYBRID', low: usd(11_480), high: null, excludesUsage: true, source: 'model' },
  ],
  breakEven: [
    never('PROMPT_ENGINEERING', 'RAG'),
    crossing('PROMPT_ENGINEERING', 'FINE_TUNING', 6_533_334),
    never('PROMPT_ENGINEERING', 'HYBRID'),
    crossing('RAG', 'FINE_TUNING', 2_434_286),
    crossing('RAG', 'HYBRID', 6_666_667),
    never('FINE_TUNING', 'HYBRID'),
  ],
};

export const costModels: CostModel[] = [
  costModel,
  {
    ...costModel,
    costModelId: '0190f100-0000-7000-8000-0000000000c1',
    createdAt: '2026-11-24T09:10:00Z',
    basis: 'given volume',
    monthlyVolume: 20_000_000,
    maxVolume: 5_000_000,
    totals: costs(20_000_000),
    breakEven: costModel.breakEven.map((one) =>
      one.monthlyVolume != null && one.monthlyVolume > 5_000_000
        ? {
            ...one,
            monthlyVolume: null,
            note: `${one.below} stays cheaper at every volume up to 5,000,000 calls a month`,
          }
        : one,
    ),
  },
];

export function costHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  const list = (items: unknown[]) => pageOf(scenario === 'empty' ? [] : items);
  return [
    http.get('*/api/cost-models', () => list(costModels)),
    http.post('*/api/cost-models', () => json(costModel, 201)),
    http.get('*/api/cost-models/:id', ({ params }) =>
      json(costModels.find(({ costModelId }) => costModelId === params['id'])),
    ),
  ];
}
