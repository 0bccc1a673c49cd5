import { TextArea } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { phasesQuery, type PhaseName } from '@/shared/data/applications';
import { requestWaiver } from './waivers';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { Field } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

interface WaiverDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks that a locked phase be opened without its evidence. */
export function WaiverDialog({ application, onDone, onClose }: WaiverDialogProps): ReactNode {
  const queries = useQueryClient();
  const phases = useQuery(phasesQuery(application)).data?.items ?? [];
  const locked = phases.filter(({ state }) => state === 'LOCKED');
  const { value, change, forget } = useDraft(`waiver.${application}`, { phase: '', reason: '' });
  const waiver = { phase: (value.phase || locked[0]?.phase) as PhaseName, reason: value.reason.trim() };
  const key = useIdempotencyKey(waiver);
  const requesting = useMutation({
    mutationFn: () => requestWaiver(application, waiver, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  const errorAt = fieldErrors(requesting.error);
  return (
    <FormDialog
      title="Request a waiver"
      description="A locked phase goes on without its evidence once another person has approved. It opens the phase; it does not release anything."
      action="Request waiver"
      pending={requesting.isPending}
      blocked={
        locked.length === 0
          ? 'No phase is locked.'
          : waiver.reason.length < 10
            ? 'Give a reason of ten characters at least.'
            : undefined
      }
      error={requesting.error}
      onSubmit={() => requesting.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="waiver-phase"
        label="Phase"
        isRequired
        value={waiver.phase ?? ''}
        choices={locked.map(({ phase }) => ({ value: phase, label: words(phase) }))}
        error={errorAt('/phase')}
        help={locked.find(({ phase }) => phase === waiver.phase)?.reason}
        onChange={(phase) => change({ ...value, phase })}
      />
      <Field
        id="waiver-reason"
        label="Reason"
        isRequired
        error={errorAt('/reason')}
        help="Recorded in the ledger with your name"
      >
        <TextArea
          id="waiver-reason"
          rows={3}
          value={value.reason}
          isRequired
          aria-describedby="waiver-reason-help"
          onChange={(_event, reason) => change({ ...value, reason })}
        />
      </Field>
    </FormDialog>
  );
}
