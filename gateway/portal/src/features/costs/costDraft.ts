import { approaches, costLines, type CostQuestion } from './costs';
import { optionalNumber, requiredText, trimmedText, z } from '@/shared/form/schema';

type TokenField = keyof NonNullable<CostQuestion['tokens']>;

/** The tokens and prices of a call, with their defaults. */
export const tokenFields = [
  { name: 'prompt', label: 'Prompt tokens', usual: '600', help: 'With examples; a tuned model needs none' },
  { name: 'input', label: 'Input tokens', usual: '200', help: 'The text of the request' },
  { name: 'passages', label: 'Retrieved tokens', usual: '800', help: 'Tokens that retrieval adds' },
  { name: 'output', label: 'Output tokens', usual: '100', help: 'Tokens of the answer' },
  { name: 'inputPerMillion', label: 'USD per million input tokens', usual: '2.50', help: 'List price' },
  { name: 'outputPerMillion', label: 'USD per million output tokens', usual: '10.00', help: 'List price' },
] as const satisfies { name: TokenField; label: string; usual: string; help: string }[];

const amount = optionalNumber('Must be a number.');
const missingToken = 'Fill in every field of the token counts and prices.';

export const costSchema = z.object({
  monthlyVolume: amount,
  profile: z.string(),
  maxVolume: amount,
  tokens: z.object({
    prompt: requiredText(missingToken),
    input: requiredText(missingToken),
    passages: requiredText(missingToken),
    output: requiredText(missingToken),
    inputPerMillion: requiredText(missingToken),
    outputPerMillion: requiredText(missingToken),
  }),
  /** Amounts that replace the defaults. An empty amount keeps its default. */
  overrides: z
    .array(
      z.object({
        approach: z.enum(approaches),
        line: z.enum(costLines),
        monthly: amount,
        perRequest: amount,
        source: trimmedText(),
      }),
    )
    .check(
      z.refine(
        (overrides) =>
          overrides.every(
            ({ monthly, perRequest, source }) => source !== '' && (monthly !== undefined || perRequest !== undefined),
          ),
        'Every override needs an amount and its source.',
      ),
    ),
});
export type CostDraft = z.input<typeof costSchema>;
export type CostOverride = CostDraft['overrides'][number];

export const newCosts: CostDraft = {
  monthlyVolume: '',
  profile: '',
  maxVolume: '',
  tokens: Object.fromEntries(tokenFields.map(({ name, usual }) => [name, usual])) as CostDraft['tokens'],
  overrides: [],
};

export const newOverride: CostOverride = {
  approach: 'PROMPT_ENGINEERING',
  line: 'PROMPT_UPKEEP',
  monthly: '',
  perRequest: '',
  source: '',
};

/** Returns the request. It leaves out defaults, so that the service names them as the source. */
export function questionOf(
  application: string,
  { monthlyVolume, profile, maxVolume, tokens, overrides }: z.output<typeof costSchema>,
): CostQuestion {
  const usual = tokenFields.every((field) => tokens[field.name] === field.usual);
  return {
    application,
    ...(monthlyVolume !== undefined && { monthlyVolume }),
    ...(profile !== '' && { profile: profile as NonNullable<CostQuestion['profile']> }),
    ...(maxVolume !== undefined && { maxVolume }),
    ...(!usual && {
      tokens: Object.fromEntries(tokenFields.map(({ name }) => [name, Number(tokens[name])])) as NonNullable<
        CostQuestion['tokens']
      >,
    }),
    ...(overrides.length > 0 && {
      overrides: overrides.map(({ approach, line, monthly, perRequest, source }) => ({
        approach,
        line,
        ...(monthly !== undefined && { monthly }),
        ...(perRequest !== undefined && { perRequest }),
        source,
      })),
    }),
  };
}
