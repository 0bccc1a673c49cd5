import { useId, type ReactNode } from 'react';
import { TextAreaField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({ reason: requiredText('Enter a reason. It is recorded in the ledger.') });

interface ReasonDialogProps {
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  /** The name of the draft, so that a typed reason survives a new sign-in. */
  draft: string;
  send: (reason: string) => Promise<unknown>;
  onSent: () => unknown;
  onClose: () => void;
}

/** A dialog that asks for a reason, which is recorded in the ledger. */
export function ReasonDialog({
  title,
  children,
  action,
  danger = false,
  draft,
  send,
  onSent,
  onClose,
}: ReasonDialogProps): ReactNode {
  const id = useId();
  const form = useCommandForm({
    draft,
    schema,
    initial: { reason: '' },
    command: ({ reason }) => reason,
    send,
    onSent,
  });
  return (
    <FormDialog title={title} action={action} danger={danger} form={form} onClose={onClose}>
      <div>{children}</div>
      <TextAreaField
        id={`${id}-reason`}
        control={form.control}
        name="reason"
        label="Reason"
        isRequired
        autoFocus
        rows={3}
        help="Recorded in the ledger with your name."
      />
    </FormDialog>
  );
}
