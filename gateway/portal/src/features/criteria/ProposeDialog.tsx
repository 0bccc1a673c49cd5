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
  /** Those of the same purpose; absent for the first of refreshes. */
  inForce: CriteriaContent | undefined;
  /** What was refused to one person. */
  proposed: CriteriaContent;
  /** The draft of the form in which they were written; it is kept until they are proposed. */
  draft: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks a second person for criteria that ask less than those in force, or are of refreshes. */
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
          ? 'By them policy may release other documents without a person, so another person decides about them. '
          : 'They ask less than those in force, so another person decides about them. Until then the criteria in ' +
            'force judge. ') + 'The proposal is void when other criteria are registered in between.'
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
