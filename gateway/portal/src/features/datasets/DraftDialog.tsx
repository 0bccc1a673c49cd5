import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { VersionLine } from './datasets';
import { FormDialog } from '@/shared/form/FormDialog';
import { ChoiceField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { publishDraft } from '@/shared/items/draft';
import { count } from '@/shared/text/format';

const schema = z.object({ base: z.string() });

interface DraftDialogProps {
  dataset: string;
  /** Newest first. */
  versions: VersionLine[];
  onClose: () => void;
}

/** The dialog that makes a version of the draft and opens it. */
export function DraftDialog({ dataset, versions, onClose }: DraftDialogProps): ReactNode {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const ready = versions.filter(({ state }) => state === 'READY');
  const form = useCommandForm({
    schema,
    initial: { base: String(ready[0]?.version ?? '') },
    command: ({ base }) => (base === '' ? null : Number(base)),
    send: (base, key) => publishDraft(dataset, base, key),
    onSent: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({
        to: '/datasets/$name/versions/$version',
        params: { name: dataset, version: String(version) },
      });
    },
  });
  return (
    <FormDialog
      title="Make a version of the draft"
      description={
        'The new version is scanned like any other. Mask, split and admit it before you use it. Corrections change ' +
        'the rows that they were made of, and other items follow the last row. The draft is empty afterwards.'
      }
      action="Make a version"
      form={form}
      onClose={onClose}
    >
      <ChoiceField
        id="draft-base"
        control={form.control}
        name="base"
        label="Start with the rows of"
        choices={[
          ...ready.map(({ version, rows }) => ({ value: String(version), label: `v${version}, ${count(rows)} rows` })),
          { value: '', label: 'no version: only the items of the draft' },
        ]}
      />
    </FormDialog>
  );
}
