import type { Variant } from '@/shared/data/variants';
import { parsed, z } from '@/shared/form/schema';

export type Abstention = NonNullable<Variant['abstention']>;

/** As it is typed; nothing of it means that the model always answers. */
export const abstentionSchema = parsed(
  z.object({ threshold: z.string(), answer: z.string() }),
  ({ threshold, answer }, refuse): Abstention | undefined => {
    if (threshold.trim() === '' && answer.trim() === '') return undefined;
    const value = Number(threshold);
    if (threshold.trim() === '' || !(value >= 0 && value <= 1)) {
      refuse('Abstention: enter a threshold from 0 to 1.', 'threshold');
    }
    if (answer.trim() === '') refuse('Abstention: say what is answered then.', 'answer');
    return { threshold: value, answer: answer.trim() };
  },
);

/** Abstains below a confidence of 0.6: “I do not know.” */
export function abstentionWords(abstention: Abstention | null | undefined): string {
  if (abstention == null) return '';
  const { threshold, answer } = abstention;
  return threshold === 0
    ? `Abstains where the model itself answers “${answer}”`
    : `Abstains below a confidence of ${threshold}: “${answer}”`;
}
