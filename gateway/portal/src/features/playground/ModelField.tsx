import { FormSelect, FormSelectOption, FormSelectOptionGroup } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { variantsQuery } from './playground';
import { modelsQuery, type Model } from '@/shared/models/modelChoices';
import { inOneLine } from '@/shared/http/problem';
import { Field } from '@/shared/form/Field';
import { onlyLooks, useSession } from '@/shared/session/session';

interface ModelFieldProps {
  id: string;
  value: string;
  onChange: (model: string) => void;
}

interface Choice {
  value: string;
  label: string;
}

/**
 * A field to choose what to call: the models that the OpenAI API lists and, for people who may work here, the newest
 * variants.
 */
export function ModelField({ id, value, onChange }: ModelFieldProps): ReactNode {
  const models = useQuery(modelsQuery);
  const session = useSession();
  const variants = useQuery({ ...variantsQuery, enabled: !onlyLooks(session) });
  const listed = (models.data?.data ?? []).filter(({ plumbline }) => plumbline.kind !== 'EMBEDDING');
  const of = (...kinds: string[]) => listed.filter(({ plumbline }) => kinds.includes(plumbline.kind)).map(named);
  const groups: [string, Choice[]][] = [
    ['Applications', of('APPLICATION')],
    [
      'Variants',
      (variants.data?.items ?? []).map(({ variantDigest, application, name }) => ({
        value: `variant/${variantDigest}`,
        label: `${application}: ${name}`,
      })),
    ],
    ['Models of providers', of('PROVIDER')],
    ['Trained models', of('TUNED')],
    ['Local models', listed.filter(({ owned_by }) => owned_by === 'plumbline').map(named)],
  ];
  const isListed = groups.some(([, choices]) => choices.some((choice) => choice.value === value));
  const error = models.error ?? variants.error;
  return (
    <Field
      id={id}
      label="Model or variant"
      isRequired
      error={error === null ? undefined : `The list is not complete. ${inOneLine(error)}`}
      help={
        models.isSuccess && listed.length === 0 ? 'Nothing can be called yet: connect a provider first.' : undefined
      }
    >
      <FormSelect
        id={id}
        value={value}
        isRequired
        aria-describedby={`${id}-help`}
        onChange={(_event, next) => onChange(next)}
      >
        <FormSelectOption value="" label={models.isPending ? 'Loading …' : 'Choose one'} isPlaceholder />
        {value !== '' && !isListed && <FormSelectOption value={value} label={shortened(value)} />}
        {groups.map(([label, choices]) =>
          choices.length === 0 ? (
            <Fragment key={label} />
          ) : (
            <FormSelectOptionGroup key={label} label={label}>
              {choices.map((choice) => (
                <FormSelectOption key={choice.value} {...choice} />
              ))}
            </FormSelectOptionGroup>
          ),
        )}
      </FormSelect>
    </Field>
  );
}

const named = ({ id }: Model): Choice => ({ value: id, label: id });

/** Shortens a digest to its first characters. */
function shortened(model: string): string {
  return model.replace(/^(variant\/.{8}).*/, '$1…');
}
