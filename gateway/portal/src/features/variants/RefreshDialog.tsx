import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { AfterRefresh } from './AfterRefresh';
import { NewerDocuments } from './NewerDocuments';
import { RefreshedParts } from './RefreshedParts';
import { createRefresh, useRefreshable, type NewRefresh, type Refresh } from './refreshing';
import { sizeOf } from '@/shared/data/indexes';
import { serves, variantsQuery } from '@/shared/data/variants';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { FormDialog } from '@/shared/form/FormDialog';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';

const schema = z.object({ variant: z.string(), index: z.string(), name: trimmedText() });

interface RefreshDialogProps {
  application: string;
  /** The digest of the variant that the form starts with. */
  variant: string | undefined;
  onDone: (refresh: Refresh) => void;
  onClose: () => void;
}

/** The dialog that creates a variant with the parts of another and newer documents. */
export function RefreshDialog({ application, variant: pointed, onDone, onClose }: RefreshDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `refresh.${application}`,
    schema,
    initial: { variant: '', index: '', name: '' },
    command: ({ name }): NewRefresh => ({
      variantDigest: variant?.variantDigest ?? '',
      refresh: { indexDigest: chosen?.index.indexDigest ?? '', name: name || undefined },
    }),
    send: createRefresh,
    pointers: { '/indexDigest': 'index' },
    onSent: async (refresh) => {
      await queries.invalidateQueries({ queryKey: ['variants'] });
      onDone(refresh);
    },
  });
  const { control, values } = form;
  const variants = (useQuery(variantsQuery(application)).data?.items ?? []).filter(
    ({ indexDigest }) => indexDigest != null,
  );
  const of = (digest: string | undefined) => variants.find(({ variantDigest }) => variantDigest === digest);
  const variant = of(values.variant) ?? of(pointed) ?? variants.find(serves) ?? variants[0];
  const refreshable = useRefreshable(variant);
  const { dataset, former, ready } = refreshable;
  const chosen = ready.find(({ index }) => index.indexDigest === values.index) ?? ready[0];
  return (
    <FormDialog
      title="Refresh documents"
      description={
        'Creates a variant with the same pinned parts and an index of newer documents. It must be ' +
        'evaluated and released before it serves.'
      }
      action="Create the refresh"
      form={form}
      blocked={
        variant === undefined
          ? 'Compose a variant with an index of documents first.'
          : chosen === undefined
            ? 'There is no index of newer documents.'
            : form.blocked
      }
      onClose={onClose}
    >
      <ChoiceField
        id="refresh-variant"
        control={control}
        name="variant"
        label="Variant"
        isRequired
        fallback={variant?.variantDigest}
        placeholder={variants.length === 0 ? 'No variant has an index' : undefined}
        choices={variants.map((one) => ({
          value: one.variantDigest,
          label: `${one.name} · ${one.model}${serves(one) ? ' · serves' : ''}`,
        }))}
        onChosen={() => form.set('index', '')}
      />
      <ChoiceField
        id="refresh-index"
        control={control}
        name="index"
        label="Index"
        isRequired
        fallback={chosen?.index.indexDigest ?? undefined}
        placeholder={chosen === undefined ? 'No index of newer documents' : undefined}
        choices={ready.map(({ index, version }) => ({
          value: index.indexDigest ?? '',
          label: `${index.name} · version ${version}, ${sizeOf(index)}`,
        }))}
        help="Indexes of newer versions of the same documents, built like the variant’s index"
      />
      {variant && <NewerDocuments refreshable={refreshable} />}
      {variant && former && chosen && (
        <RefreshedParts variant={variant} dataset={dataset} former={former} next={chosen} />
      )}
      <TextField
        id="refresh-name"
        control={control}
        name="name"
        label="Name"
        placeholder={variant?.name}
        help="Empty: the name of the refreshed variant."
      />
      {variant && <AfterRefresh application={application} variant={variant} />}
    </FormDialog>
  );
}
