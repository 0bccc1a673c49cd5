import { Flex } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { confirmTuned, rejectTuned, withdrawTuned, type TuningStatement } from '@/shared/models/tuningStatements';
import { FormDialog } from '@/shared/form/FormDialog';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { isMe, useSession, type Role } from '@/shared/session/session';
import { RoleButton } from '@/shared/ui/RoleButton';

type Choice = 'confirm' | 'reject' | 'withdraw';

const makers: Role[] = ['ml-engineer', 'prompt-engineer'];
const deciders: Role[] = [...makers, 'approver'];

/** The buttons that end an open statement: its maker withdraws it, and anybody else decides it. */
export function TunedModelDecision({ statement }: { statement: TuningStatement }): ReactNode {
  const isMine = isMe(useSession(), statement.statedBy);
  const queries = useQueryClient();
  const [choice, choose] = useState<Choice>();
  const close = () => choose(undefined);
  const onSent = async () => {
    close();
    await queries.invalidateQueries({ queryKey: ['tuning-statements'] });
  };
  const button = (name: Choice, text: string, roles: Role[], isDanger: boolean) => (
    <RoleButton
      variant="secondary"
      size="sm"
      roles={roles}
      isDanger={isDanger}
      aria-label={`${text} the statement about ${statement.model}`}
      onClick={() => choose(name)}
    >
      {text}
    </RoleButton>
  );
  return (
    <Flex>
      {isMine ? (
        button('withdraw', 'Withdraw', makers, true)
      ) : (
        <>
          {button('confirm', 'Confirm', deciders, false)}
          {button('reject', 'Reject', deciders, true)}
        </>
      )}
      {choice === 'confirm' && (
        <SureDialog
          title="Confirm the statement"
          action="Confirm"
          send={() => confirmTuned(statement.statementId)}
          onSent={onSent}
          onClose={close}
        >
          Variants with {statement.model} count as fine-tuning from then on. This cannot be taken back.
        </SureDialog>
      )}
      {choice === 'withdraw' && (
        <SureDialog
          title="Withdraw the statement"
          action="Withdraw"
          send={() => withdrawTuned(statement.statementId)}
          onSent={onSent}
          onClose={close}
        >
          {statement.model} can be stated again afterwards.
        </SureDialog>
      )}
      {choice === 'reject' && (
        <ReasonDialog
          title="Reject the statement"
          action="Reject"
          danger
          draft={`tuning-rejection.${statement.statementId}`}
          send={(reason) => rejectTuned(statement.statementId, reason)}
          onSent={onSent}
          onClose={close}
        >
          <p>{statement.model} does not count as tuned, and can be stated again.</p>
        </ReasonDialog>
      )}
    </Flex>
  );
}

interface SureDialogProps {
  title: string;
  action: string;
  send: () => Promise<unknown>;
  onSent: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

function SureDialog({ title, action, send, onSent, onClose, children }: SureDialogProps): ReactNode {
  const sending = useMutation({ mutationFn: send, onSuccess: onSent });
  return (
    <FormDialog
      title={title}
      action={action}
      form={{ pending: sending.isPending, error: sending.error, submit: () => sending.mutate() }}
      onClose={onClose}
    >
      <p>{children}</p>
    </FormDialog>
  );
}
