import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { proposeCriteria } from './criteria';
import type { CriteriaContent } from '@/shared/data/criteriaChanges';
import { FormDialog } from '@/shared/form/FormDialog';
import { TextAreaField } from '@/shared/form/fields';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { forgetDraft } from '@/shared/session/draft';
import { CriteriaChanges } from '@/shared/ui/CriteriaChanges';

const schema = z.object({
  reason: trimmedText().check(z.minLength(10, 'Give a reason of at least ten characters.')),
});

interface ProposeDialogProps {
  application: string;
  /** The criteria in force for the same purpose. Absent for the first criteria of refreshes. */
  inForce: CriteriaContent | undefined;
  /** The criteria that one person alone may not register. */
  proposed: CriteriaContent;
  /** The draft of the form with the criteria. It is kept until they are proposed. */
  draft: string;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that proposes looser criteria, or criteria of refreshes, to a second person. */
export function ProposeDialog({
  application,
  inForce,
  proposed,
  draft,
  onDone,
  onClose,
}: ProposeDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `criteria-proposal.${application}`,
    schema,
    initial: { reason: '' },
    command: ({ reason }) => ({ ...proposed, reason }),
    send: (proposal, key) => proposeCriteria(application, proposal, key),
    onSent: async () => {
      forgetDraft(draft);
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  return (
    <FormDialog
      title={proposed.purpose === 'REFRESH' ? 'Propose criteria of refreshes' : 'Propose looser criteria'}
      description={
        (proposed.purpose === 'REFRESH'
          ? 'With these criteria, a policy may release new documents without a person. Another person ' +
            'therefore decides about them. '
          : 'These criteria are looser than those in force, so another person decides about them. Until ' +
            'then, the criteria in force apply. ') +
        'The proposal becomes void if other criteria are registered meanwhile.'
      }
      action="Propose criteria"
      form={form}
      onClose={onClose}
    >
      {inForce && <CriteriaChanges from={inForce} to={proposed} />}
      <TextAreaField
        id="criteria-reason"
        control={form.control}
        name="reason"
        label="Reason"
        isRequired
        rows={3}
        help="Shown to the person who decides, and recorded in the ledger with your name"
      />
    </FormDialog>
  );
}
