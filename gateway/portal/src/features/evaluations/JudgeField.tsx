import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Control, FieldPath } from 'react-hook-form';
import type { SuiteDraft } from './suiteDraft';
import { workspaceVariantsQuery } from '@/shared/data/variants';
import { ChoiceField } from '@/shared/form/fields';

interface JudgeFieldProps<Parsed> {
  id: string;
  control: Control<SuiteDraft, unknown, Parsed>;
  name: FieldPath<SuiteDraft>;
}

/** The variant that judges, of any application: its prompt says what is good. */
export function JudgeField<Parsed>(field: JudgeFieldProps<Parsed>): ReactNode {
  const variants = useQuery(workspaceVariantsQuery).data?.items ?? [];
  return (
    <ChoiceField
      {...field}
      label="Variant that judges"
      isRequired
      placeholder={variants.length === 0 ? 'No variant yet' : 'Choose a variant'}
      choices={variants.map(({ variantDigest, application, name, model }) => ({
        value: variantDigest,
        label: `${application} · ${name} · ${model}`,
      }))}
      help={'Its prompt answers {"score": 0 to 1, "reason": "…"}; it cannot judge itself'}
    />
  );
}
