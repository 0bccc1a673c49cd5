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

/** The field for the judging variant, of any application. Its prompt defines a good answer. */
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
      help={'Its prompt must answer {"score": 0 to 1, "reason": "…"}. A variant cannot judge itself'}
    />
  );
}
