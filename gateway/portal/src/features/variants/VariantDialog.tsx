import { Alert } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { createVariant, type NewVariant } from './composition';
import { AbstentionFields } from './AbstentionFields';
import { CallerPolicyFields } from './CallerPolicyFields';
import { FallbackFields } from './FallbackFields';
import { ParameterFields } from './ParameterFields';
import { overflows } from './overflow';
import { chainOf, newVariant, parametersOf, variantSchema } from './parameters';
import { RetrievalFields } from './RetrievalFields';
import { indexChoices, sizeOf, type Index, type IndexMode } from '@/shared/data/indexes';
import { modelsQuery, promptsQuery, promptVersionsQuery, type Model } from '@/shared/models/modelChoices';
import { answerSchema, promptVersionByDigestQuery } from '@/shared/data/promptVersions';
import type { Variant } from '@/shared/data/variants';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { short } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

interface VariantDialogProps {
  application: string;
  /** The confidence threshold that the link from an abstention curve brings. */
  threshold?: string | undefined;
  onDone: (variant: Variant) => void;
  onClose: () => void;
}

/** The dialog that composes a variant. */
export function VariantDialog({ application, threshold, onDone, onClose }: VariantDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: ['variant', application, threshold].filter(Boolean).join('.'),
    schema: variantSchema,
    initial:
      threshold === undefined ? newVariant : { ...newVariant, abstention: { ...newVariant.abstention, threshold } },
    command: ({ name, index, parameters, abstention, overflow, fallback, allowed }): NewVariant => ({
      application,
      name,
      promptDigest: version?.digest ?? '',
      model,
      indexDigest: index || undefined,
      parameters: parametersOf(parameters, retrieves),
      abstention,
      overflow: overflow === 'REFUSE' ? undefined : overflow,
      fallback: fails ? chainOf(fallback, others) : undefined,
      callerPolicy: allowed.length === 0 ? undefined : { allowed },
    }),
    send: createVariant,
    pointers: {
      '/promptDigest': 'version',
      '/indexDigest': 'index',
      '/abstention/answer': 'abstention.answer',
      '/abstention/threshold': 'abstention.threshold',
      '/abstention/field/name': 'abstention.field',
      '/abstention/field/value': 'abstention.value',
      '/abstention': 'abstention.threshold',
      '/callerPolicy': 'allowed',
    },
    onSent: async (variant) => {
      await queries.invalidateQueries({ queryKey: ['variants'] });
      onDone(variant);
    },
  });
  const { control, values } = form;
  const prompts = useQuery(promptsQuery).data?.items ?? [];
  const prompt = values.prompt || (prompts.some(({ name }) => name === application) ? application : '');
  const versions = useQuery(promptVersionsQuery(prompt)).data?.items ?? [];
  const version = versions.find((one) => String(one.version) === values.version) ?? versions[0];
  const models = (useQuery(modelsQuery).data?.data ?? []).filter(answers);
  const content = useQuery({
    ...promptVersionByDigestQuery(version?.digest ?? ''),
    enabled: version !== undefined,
  }).data;
  const indexes = useQuery(indexChoices).data?.items ?? [];
  const retrieves = indexes.find(({ indexDigest }) => indexDigest != null && indexDigest === values.index)?.mode;
  // Models of this installation choose among answers, classify or quote. Models that write text have a provider.
  const choosable = content !== undefined && namesAnswers(content.responseFormat);
  const first = (...kinds: string[]) => models.find(({ plumbline }) => kinds.includes(plumbline.kind));
  const fitting =
    content &&
    ((choosable ? first('CHOICE', 'TUNED', 'PROVIDER') : first('PROVIDER')) ??
      (retrieves === 'PASSAGES' ? first('READER') : undefined));
  const model = values.model || fitting?.id || '';
  const described = models.find(({ id }) => id === model)?.plumbline;
  const chooses = described?.kind === 'CHOICE';
  const quotes = described?.kind === 'READER';
  const others = models.filter(({ id }) => id !== model);
  const fails = described?.kind === 'PROVIDER';
  return (
    <FormDialog
      title="Compose a variant"
      description={
        'A variant fixes its prompt version, model, index, parameters and rules for calls. Changing any of ' +
        'them makes another variant, with another digest. A verdict or an approval holds for exactly one ' +
        'variant.'
      }
      action="Compose"
      form={form}
      blocked={
        form.blocked ??
        (version === undefined
          ? 'Choose a prompt with a published version.'
          : model === ''
            ? 'Choose a model.'
            : values.index !== '' && retrieves === undefined
              ? 'The chosen index is not listed: choose another.'
              : undefined)
      }
      onClose={onClose}
    >
      <TextField
        id="variant-name"
        control={control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="A short name for tables: zero-shot, few-shot, retrieval"
      />
      <ChoiceField
        id="variant-prompt"
        control={control}
        name="prompt"
        label="Prompt"
        isRequired
        fallback={prompt}
        placeholder="Choose a prompt"
        choices={prompts.map(({ name, latestVersion }) => ({
          value: name,
          label: latestVersion === 0 ? `${name} (no version yet)` : name,
          isDisabled: latestVersion === 0,
        }))}
        onChosen={() => form.set('version', '')}
      />
      <ChoiceField
        id="variant-version"
        control={control}
        name="version"
        label="Version"
        isRequired
        fallback={version && String(version.version)}
        placeholder={versions.length === 0 ? 'Choose a prompt first' : undefined}
        choices={versions.map((one) => ({ value: String(one.version), label: `v${one.version} · ${one.message}` }))}
        help={version && `Digest ${short(version.digest)} becomes part of the variant`}
      />
      <ChoiceField
        id="variant-model"
        control={control}
        name="model"
        label="Model"
        isRequired
        fallback={model}
        placeholder={model === '' ? 'Choose a model' : undefined}
        choices={models.map(({ id }) => ({ value: id, label: id }))}
        help={described?.notice}
      />
      {fails && <FallbackFields control={control} chosen={values.fallback} models={others} />}
      {chooses && content && !choosable && (
        <Alert isInline variant="warning" component="h3" title={`v${content.version} has no answers to choose from`}>
          This model can only choose among given answers: publish a version with a response format (Answers to choose
          from), or choose another model.
        </Alert>
      )}
      <ChoiceField
        id="variant-index"
        control={control}
        name="index"
        label="Index"
        placeholder="None"
        choices={indexes.map((index) =>
          index.indexDigest != null
            ? { value: index.indexDigest, label: `${index.name} · ${sizeOf(index) ?? ''}` }
            : { value: index.indexId, label: `${index.name} · ${unbuilt(index)}`, isDisabled: true },
        )}
        help={
          <>
            {retrieved[retrieves ?? 'NONE']} Build one under <Link to="/indexes">Indexes</Link>.
          </>
        }
      />
      {quotes && retrieves !== 'PASSAGES' && (
        <Alert isInline variant="warning" component="h3" title="This model answers from passages only">
          The model quotes the sentences closest to a question. Choose an index of documents, or another model.
        </Alert>
      )}
      {retrieves !== undefined && <RetrievalFields control={control} mode={retrieves} />}
      <ParameterFields control={control} />
      <AbstentionFields control={control} abstention={values.abstention} />
      <ChoiceField
        id="variant-overflow"
        control={control}
        name="overflow"
        label="If a call is too long for the model"
        choices={overflows}
        help={
          'Tokens are counted if the catalogue lists the model. Otherwise the provider reports calls that ' +
          'are too long'
        }
      />
      <CallerPolicyFields control={control} />
    </FormDialog>
  );
}

const retrieved = {
  NONE: 'From documents, a variant gets the passages that fit a question. From rows, it gets similar ones as examples.',
  EXAMPLES: 'The rows most similar to the input are added to the prompt as examples.',
  PASSAGES:
    'Passages that fit the question fill the prompt’s variable passages, or else precede the last message. ' +
    'Answers cite them.',
} satisfies Record<IndexMode | 'NONE', string>;

function unbuilt({ state, progress }: Index): string {
  return state === 'FAILED' ? 'failed' : `building, ${Math.round(progress * 100)} %`;
}

/** A choice model needs a schema of one property that is one of some constants. */
function namesAnswers(responseFormat: unknown): boolean {
  const schema = answerSchema(responseFormat) as { properties?: object } | null | undefined;
  const properties = Object.values(schema?.properties ?? {});
  const [only] = properties as { enum?: unknown; oneOf?: unknown }[];
  return properties.length === 1 && (Array.isArray(only?.enum) || Array.isArray(only?.oneOf));
}

/** Returns whether a model can answer requests: it is neither only an encoder nor itself a variant. */
function answers({ plumbline: { kind } }: Model): boolean {
  return kind !== 'EMBEDDING' && kind !== 'APPLICATION';
}
