import type { Approach, CostLine, CostQuestion } from './costs';

type TokenField = keyof NonNullable<CostQuestion['tokens']>;

/** What a call is made of and what it costs, and what is taken unless somebody says otherwise. */
export const tokenFields: { name: TokenField; label: string; usual: string; help: string }[] = [
  { name: 'prompt', label: 'Instructions, tokens', usual: '600', help: 'With examples; a tuned model needs none' },
  { name: 'input', label: 'Input, tokens', usual: '200', help: 'The text itself' },
  { name: 'passages', label: 'Passages, tokens', usual: '800', help: 'What retrieval adds' },
  { name: 'output', label: 'Output, tokens', usual: '100', help: 'What is written' },
  { name: 'inputPerMillion', label: 'USD per million in', usual: '2.50', help: 'List price' },
  { name: 'outputPerMillion', label: 'USD per million out', usual: '10.00', help: 'List price' },
];

/** A figure of one's own, as it is typed; what stays empty keeps its default. */
export interface OwnFigure {
  approach: Approach;
  line: CostLine;
  monthly: string;
  perRequest: string;
  source: string;
}

export interface CostDraft {
  monthlyVolume: string;
  profile: string;
  maxVolume: string;
  tokens: Record<TokenField, string>;
  figures: OwnFigure[];
}

export const newCosts: CostDraft = {
  monthlyVolume: '',
  profile: '',
  maxVolume: '',
  tokens: Object.fromEntries(tokenFields.map(({ name, usual }) => [name, usual])) as CostDraft['tokens'],
  figures: [],
};

export const newFigure: OwnFigure = {
  approach: 'PROMPT_ENGINEERING',
  line: 'PROMPT_UPKEEP',
  monthly: '',
  perRequest: '',
  source: '',
};

/** What is left as it is usually is not sent: the service then says that it is the default. */
export function questionOf(
  application: string,
  { monthlyVolume, profile, maxVolume, tokens, figures }: CostDraft,
): CostQuestion {
  const usual = tokenFields.every((field) => tokens[field.name] === field.usual);
  return {
    application,
    ...(monthlyVolume !== '' && { monthlyVolume: Number(monthlyVolume) }),
    ...(profile !== '' && { profile: profile as NonNullable<CostQuestion['profile']> }),
    ...(maxVolume !== '' && { maxVolume: Number(maxVolume) }),
    ...(!usual && {
      tokens: Object.fromEntries(tokenFields.map(({ name }) => [name, Number(tokens[name])])) as NonNullable<
        CostQuestion['tokens']
      >,
    }),
    ...(figures.length > 0 && {
      overrides: figures.map(({ approach, line, monthly, perRequest, source }) => ({
        approach,
        line,
        ...(monthly !== '' && { monthly: Number(monthly) }),
        ...(perRequest !== '' && { perRequest: Number(perRequest) }),
        source: source.trim(),
      })),
    }),
  };
}

/** Why it cannot be computed yet. */
export function incomplete({ tokens, figures }: CostDraft): string | undefined {
  if (tokenFields.some(({ name }) => tokens[name] === '')) return 'Say what a call is made of, in every field.';
  return figures.some(
    ({ monthly, perRequest, source }) => source.trim() === '' || (monthly === '' && perRequest === ''),
  )
    ? 'Every figure of your own needs an amount and where it comes from.'
    : undefined;
}
