import type { Variant } from '@/shared/data/variants';
import { parsed, z } from '@/shared/form/schema';

export type Abstention = NonNullable<Variant['abstention']>;

/** The empty fields of abstention: the model always answers. */
export const noAbstention = { threshold: '', answer: '', field: '', value: '' };

export const abstentionSchema = parsed(
  z.object({ threshold: z.string(), answer: z.string(), field: z.string(), value: z.string() }),
  (typed, refuse): Abstention | undefined => {
    const threshold = typed.threshold.trim();
    const answer = typed.answer.trim();
    const name = typed.field.trim();
    const value = typed.value.trim();
    if (threshold === '' && answer === '' && name === '' && value === '') return undefined;
    if (!(Number(threshold) >= 0 && Number(threshold) <= 1)) {
      refuse('Abstention: enter a threshold from 0 to 1.', 'threshold');
    }
    if (answer === '' && (threshold !== '' || name === '')) {
      refuse('Abstention: enter the answer for it.', 'answer');
    }
    if (name === '' && value !== '') refuse('Abstention: enter the field that has this value.', 'field');
    return {
      ...(threshold !== '' && { threshold: Number(threshold) }),
      ...(answer !== '' && { answer }),
      ...(name !== '' && { field: { name, value } }),
    };
  },
);

/** Returns a description such as: Abstains below a confidence of 0.6: “I do not know.” */
export function abstentionWords(abstention: Abstention | null | undefined): string {
  if (abstention == null) return '';
  const { threshold, answer, field } = abstention;
  if (threshold != null && threshold > 0)
    return `Abstains below a confidence of ${Number(threshold.toPrecision(3))}: “${answer}”`;
  const ways = [
    ...(answer == null ? [] : [`itself answers “${answer}”`]),
    ...(field == null ? [] : [`answers with ${field.name} ${field.value}`]),
  ];
  return `Abstains if the model ${ways.join(' or ')}`;
}
