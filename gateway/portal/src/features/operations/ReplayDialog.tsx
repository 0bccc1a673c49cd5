import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { eventName, replay, type Chosen, type Replayed } from './parked';
import { FormDialog } from '@/shared/ui/FormDialog';

interface ReplayDialogProps extends Chosen {
  onDone: (result: Replayed) => void;
  onClose: () => void;
}

export function ReplayDialog({
  service,
  message: { id, type, key, source },
  onDone,
  onClose,
}: ReplayDialogProps): ReactNode {
  const queries = useQueryClient();
  const replaying = useMutation({
    mutationFn: () => replay(service, id),
    onSuccess: onDone,
    // A replay that fails has applied what stood before.
    onSettled: () => queries.invalidateQueries({ queryKey: ['parked', service] }),
  });
  return (
    <FormDialog
      title={`Replay in ${service}`}
      action="Replay"
      pending={replaying.isPending}
      error={replaying.error}
      onSubmit={() => replaying.mutate()}
      onClose={onClose}
    >
      <p>
        Applies <strong>{eventName(type)}</strong> and every other parked message that {source} told about{' '}
        <strong className="pl-anywhere">{key}</strong>, the oldest first. It ends at the first that fails again; that
        one and those behind it stay parked.
      </p>
    </FormDialog>
  );
}
