import { Alert } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  createVariant,
  indexesQuery,
  modelsQuery,
  promptVersionsQuery,
  promptsQuery,
  type Model,
  type NewVariant,
} from './composition';
import type { Variant } from '@/shared/data/variants';
import { promptVersionByDigestQuery } from '@/shared/data/promptVersions';
import { ParameterFields } from './ParameterFields';
import { parametersOf, type ParameterText } from './parameters';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { short } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const empty = {
  name: '',
  prompt: '',
  version: '',
  model: '',
  index: '',
  parameters: { temperature: '0' } as ParameterText,
};

interface VariantDialogProps {
  application: string;
  onDone: (variant: Variant) => void;
  onClose: () => void;
}

/** Composes what is to be measured and released. */
export function VariantDialog({ application, onDone, onClose }: VariantDialogProps): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`variant.${application}`, empty);
  const prompts = useQuery(promptsQuery).data?.items ?? [];
  const prompt = value.prompt || (prompts.some(({ name }) => name === application) ? application : '');
  const versions = useQuery(promptVersionsQuery(prompt)).data?.items ?? [];
  const version = versions.find((one) => String(one.version) === value.version) ?? versions[0];
  const models = (useQuery(modelsQuery).data?.data ?? []).filter(answers);
  const model = value.model || models[0]?.id || '';
  const chooses = models.find(({ id }) => id === model)?.plumbline.kind === 'CHOICE';
  const content = useQuery({
    ...promptVersionByDigestQuery(version?.digest ?? ''),
    enabled: version !== undefined && chooses,
  }).data;
  const indexes = useQuery(indexesQuery).data?.items ?? [];
  const variant: NewVariant = {
    application,
    name: value.name.trim(),
    promptDigest: version?.digest ?? '',
    model,
    indexDigest: value.index || undefined,
    parameters: parametersOf(value.parameters, value.index !== ''),
  };
  const key = useIdempotencyKey(variant);
  const composing = useMutation({
    mutationFn: () => createVariant(variant, key),
    onSuccess: async (composed) => {
      forget();
      await queries.invalidateQueries({ queryKey: ['variants', application] });
      onDone(composed);
    },
  });
  const errorAt = fieldErrors(composing.error);
  return (
    <FormDialog
      title="Compose a variant"
      description="Its digest fixes prompt version, model, index and parameters: any other choice is another variant, and a verdict or an approval holds for exactly this one."
      action="Compose"
      pending={composing.isPending}
      blocked={
        variant.name === ''
          ? 'Give it a name.'
          : version === undefined
            ? 'Choose a prompt with a published version.'
            : model === ''
              ? 'Choose a model.'
              : undefined
      }
      error={composing.error}
      onSubmit={() => composing.mutate()}
      onClose={onClose}
    >
      <TextField
        id="variant-name"
        label="Name"
        isRequired
        autoFocus
        value={value.name}
        error={errorAt('/name')}
        help="Short, as tables show it: zero-shot, few-shot, retrieval"
        onChange={(name) => change({ ...value, name })}
      />
      <SelectField
        id="variant-prompt"
        label="Prompt"
        isRequired
        value={prompt}
        placeholder="Choose a prompt"
        choices={prompts.map(({ name, latestVersion }) => ({
          value: name,
          label: latestVersion === 0 ? `${name} (no version yet)` : name,
          isDisabled: latestVersion === 0,
        }))}
        onChange={(next) => change({ ...value, prompt: next, version: '' })}
      />
      <SelectField
        id="variant-version"
        label="Version"
        isRequired
        value={version === undefined ? '' : String(version.version)}
        placeholder={versions.length === 0 ? 'Choose a prompt first' : undefined}
        choices={versions.map((one) => ({ value: String(one.version), label: `v${one.version} · ${one.message}` }))}
        error={errorAt('/promptDigest')}
        help={version && `Digest ${short(version.digest)} goes into the variant`}
        onChange={(next) => change({ ...value, version: next })}
      />
      <SelectField
        id="variant-model"
        label="Model"
        isRequired
        value={model}
        choices={models.map(({ id }) => ({ value: id, label: id }))}
        error={errorAt('/model')}
        help={models.find(({ id }) => id === model)?.plumbline.notice}
        onChange={(next) => change({ ...value, model: next })}
      />
      {chooses && content && !namesAnswers(content.responseFormat) && (
        <Alert isInline variant="warning" component="h3" title={`v${content.version} names no answers to choose from`}>
          This model would answer nothing: publish a version with a response format (Answers to choose from), or take
          another model.
        </Alert>
      )}
      <SelectField
        id="variant-index"
        label="Index"
        value={value.index}
        placeholder="None"
        choices={indexes.map(({ id, indexDigest, name, passages, state, progress }) =>
          indexDigest != null
            ? { value: indexDigest, label: `${name} · ${passages ?? 0} rows` }
            : {
                value: id,
                label: `${name} · ${state === 'FAILED' ? 'failed' : `being built, ${Math.round(progress * 100)} %`}`,
                isDisabled: true,
              },
        )}
        error={errorAt('/indexDigest')}
        help={
          <>
            Rows of it that resemble the input are put before it as examples. One is built under{' '}
            <Link to="/indexes">Indexes</Link>.
          </>
        }
        onChange={(index) => change({ ...value, index })}
      />
      <ParameterFields
        value={value.parameters}
        retrieval={value.index !== ''}
        errorAt={errorAt}
        onChange={(parameters) => change({ ...value, parameters })}
      />
    </FormDialog>
  );
}

/** A choice model needs a schema of one property that is one of some constants. */
function namesAnswers(responseFormat: unknown): boolean {
  const properties = Object.values((responseFormat as { properties?: object } | null | undefined)?.properties ?? {});
  const [only] = properties as { enum?: unknown; oneOf?: unknown }[];
  return properties.length === 1 && (Array.isArray(only?.enum) || Array.isArray(only?.oneOf));
}

/** What can answer a request: not what only embeds, and not what is itself a variant. */
function answers({ plumbline: { kind } }: Model): boolean {
  return kind !== 'EMBEDDING' && kind !== 'APPLICATION';
}
