import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { eventName, replay, type Chosen, type Replayed } from './parked';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface ReplayDialogProps extends Chosen {
  onDone: (result: Replayed) => void;
  onClose: () => void;
}

export function ReplayDialog({ service, message: { id, type, key, source }, onDone, onClose }: ReplayDialogProps): ReactNode {
  const queries = useQueryClient();
  const replaying = useMutation({
    mutationFn: () => replay(service, id),
    onSuccess: onDone,
    // A replay that fails has applied what stood before.
    onSettled: () => queries.invalidateQueries({ queryKey: ['parked', service] }),
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="replay-title" aria-describedby="replay-body">
      <ModalHeader title={`Replay in ${service}`} labelId="replay-title" />
      <ModalBody id="replay-body">
        <div className="pl-stack">
          <p>
            Applies <strong>{eventName(type)}</strong> and every other parked message that {source} told about <strong className="pl-anywhere">{key}</strong>, the oldest first. It ends at the
            first that fails again; that one and those behind it stay parked.
          </p>
          {replaying.isError && <ProblemPanel error={replaying.error} />}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button isLoading={replaying.isPending} isDisabled={replaying.isPending} onClick={() => replaying.mutate()}>
          Replay
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
