import type { ReactNode } from 'react';
import { isAdmittedTo, splitReference, type Purpose, type SplitChoice } from '@/shared/data/splits';
import { count } from '@/shared/text/format';
import { LinkButton } from '@/shared/ui/LinkButton';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { SelectField } from '@/shared/form/SelectField';

interface SplitFieldsProps {
  id: string;
  choice: SplitChoice;
  purpose: Purpose;
  error?: string | undefined;
  onChange: (reference: string) => void;
}

/**
 * Fields to choose a split by its dataset and version. Versions not admitted for the purpose are shown but disabled.
 */
export function SplitFields({ id, choice, purpose, error, onChange }: SplitFieldsProps): ReactNode {
  const { dataset, version, split, datasets, versions, splits, loading } = choice;
  const none = datasets.length === 0 && !loading && choice.error == null;
  const admitted = versions.some((one) => isAdmittedTo(one, purpose));
  const lacking =
    dataset === '' || loading
      ? undefined
      : !admitted
        ? `No version of ${dataset} is admitted to ${purpose.toLowerCase()}.`
        : splits.length === 0
          ? `Version ${version} is not split yet.`
          : undefined;
  return (
    <>
      {choice.error != null && <ProblemPanel error={choice.error} />}
      <SelectField
        id={`${id}-dataset`}
        label="Dataset"
        isRequired
        value={dataset}
        placeholder={none ? 'There is no dataset yet' : 'Choose a dataset'}
        choices={datasets.map(({ name }) => ({ value: name, label: name }))}
        onChange={onChange}
        help={
          none ? (
            <>
              The items come from its labelled texts.{' '}
              <LinkButton variant="link" isInline size="sm" to="/datasets">
                {' '}
                Create one{' '}
              </LinkButton>
            </>
          ) : (
            lacking && (
              <>
                {lacking}{' '}
                <LinkButton variant="link" isInline size="sm" to="/datasets/$name" params={{ name: dataset }}>
                  {' '}
                  Open it{' '}
                </LinkButton>
              </>
            )
          )
        }
      />
      {versions.length > 0 && (
        <SelectField
          id={`${id}-version`}
          label="Version"
          isRequired
          value={version === 0 ? '' : String(version)}
          placeholder="Choose a version"
          choices={versions.map((one) => ({
            value: String(one.version),
            label: [
              `v${one.version}`,
              `${count(one.rows)} rows`,
              !isAdmittedTo(one, purpose) && `not admitted to ${purpose.toLowerCase()}`,
            ]
              .filter(Boolean)
              .join(' · '),
            isDisabled: !isAdmittedTo(one, purpose),
          }))}
          onChange={(next) => onChange(splitReference(dataset, Number(next)))}
        />
      )}
      {splits.length > 0 && (
        <SelectField
          id={`${id}-split`}
          label="Split"
          isRequired
          value={split?.splitDigest ?? ''}
          error={error}
          choices={splits.map(({ splitDigest, subsets, recipe }) => ({
            value: splitDigest ?? '',
            label: `${splitDigest?.slice(0, 8)}… · ${Object.entries(subsets)
              .map(([subset, { rows }]) => `${subset} ${count(rows)}`)
              .join(', ')} · seed ${recipe.seed}`,
          }))}
          onChange={(next) => onChange(splitReference(dataset, version, next))}
        />
      )}
    </>
  );
}
