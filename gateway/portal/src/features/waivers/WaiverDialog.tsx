import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { requestWaiver } from './waivers';
import { phasesQuery, type PhaseName } from '@/shared/data/applications';
import { ChoiceField, TextAreaField } from '@/shared/form/fields';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({
  phase: z.string(),
  reason: trimmedText().check(z.minLength(10, 'Give a reason of at least ten characters.')),
});

interface WaiverDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** Requests that a locked phase be opened without its evidence. */
export function WaiverDialog({ application, onDone, onClose }: WaiverDialogProps): ReactNode {
  const queries = useQueryClient();
  const locked = (useQuery(phasesQuery(application)).data?.items ?? []).filter(({ state }) => state === 'LOCKED');
  const [first] = locked;
  const form = useCommandForm({
    draft: `waiver.${application}`,
    schema,
    initial: { phase: '', reason: '' },
    command: ({ phase, reason }) => ({ phase: (phase || first?.phase) as PhaseName, reason }),
    send: (waiver, key) => requestWaiver(application, waiver, key),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  const chosen = locked.find(({ phase }) => phase === form.values.phase) ?? first;
  return (
    <FormDialog
      title="Request a waiver"
      description={
        'A waiver opens a locked phase without its evidence, once another person has approved it. It does not ' +
        'release anything.'
      }
      action="Request waiver"
      form={form}
      blocked={first === undefined ? 'No phase is locked.' : form.blocked}
      onClose={onClose}
    >
      <ChoiceField
        id="waiver-phase"
        control={form.control}
        name="phase"
        label="Phase"
        isRequired
        fallback={first?.phase}
        choices={locked.map(({ phase }) => ({ value: phase, label: words(phase) }))}
        help={chosen?.reason}
      />
      <TextAreaField
        id="waiver-reason"
        control={form.control}
        name="reason"
        label="Reason"
        isRequired
        rows={3}
        help="Recorded in the ledger with your name"
      />
    </FormDialog>
  );
}
