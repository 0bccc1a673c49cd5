import type { Variant } from '@/shared/data/variants';
import { parsed, z } from '@/shared/form/schema';

export type Abstention = NonNullable<Variant['abstention']>;

/** As it is typed; nothing of it means that the model always answers. */
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
      refuse('Abstention: say what is answered then.', 'answer');
    }
    if (name === '' && value !== '') refuse('Abstention: name the field that has this value.', 'field');
    return {
      ...(threshold !== '' && { threshold: Number(threshold) }),
      ...(answer !== '' && { answer }),
      ...(name !== '' && { field: { name, value } }),
    };
  },
);

/** Abstains below a confidence of 0.6: “I do not know.” */
export function abstentionWords(abstention: Abstention | null | undefined): string {
  if (abstention == null) return '';
  const { threshold, answer, field } = abstention;
  if (threshold != null && threshold > 0) return `Abstains below a confidence of ${Number(threshold.toPrecision(3))}: “${answer}”`;
  const ways = [
    ...(answer == null ? [] : [`itself answers “${answer}”`]),
    ...(field == null ? [] : [`answers with ${field.name} ${field.value}`]),
  ];
  return `Abstains where the model ${ways.join(' or ')}`;
}
