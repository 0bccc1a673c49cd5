import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { eventName, replay, type Chosen, type Replayed } from './deadLetters';
import { FormDialog } from '@/shared/form/FormDialog';

interface ReplayDialogProps extends Chosen {
  onDone: (result: Replayed) => void;
  onClose: () => void;
}

export function ReplayDialog({
  service,
  letter: { deadLetterId, type, key, source },
  onDone,
  onClose,
}: ReplayDialogProps): ReactNode {
  const queries = useQueryClient();
  const replaying = useMutation({
    mutationFn: () => replay(service, deadLetterId),
    onSuccess: onDone,
    // A replay that fails has applied the dead letters before the one that failed.
    onSettled: () => queries.invalidateQueries({ queryKey: ['dead-letters', service] }),
  });
  return (
    <FormDialog
      title={`Replay in ${service}`}
      action="Replay"
      form={{ pending: replaying.isPending, error: replaying.error, submit: () => replaying.mutate() }}
      onClose={onClose}
    >
      <p>
        Applies <strong>{eventName(type)}</strong> and every other dead letter from {source} about{' '}
        <strong className="pl-anywhere">{key}</strong>, the oldest first. If one fails again, the replay stops: that one
        and the later ones remain.
      </p>
    </FormDialog>
  );
}
