import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Snippet } from '@/shared/ui/Snippet';

/** Shows a new key. It is shown nowhere else. */
export function CreatedKey({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode {
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="created-key-title"
      aria-describedby="created-key-body"
    >
      <ModalHeader title="Copy the key now" labelId="created-key-title" />
      <ModalBody id="created-key-body" className="pl-stack">
        {secret === '' ? (
          <Alert isInline variant="danger" title="The key was created, but the answer was lost">
            The key cannot be shown again. Revoke it and create another one.
          </Alert>
        ) : (
          <>
            <Alert isInline variant="warning" title="The key is shown only once">
              Nobody can show it again, not even an administrator. Store it where the application reads its secrets.
              Anybody who has the key can use it.
            </Alert>
            <Snippet name="API key" text={secret} />
          </>
        )}
      </ModalBody>
      <ModalFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </ModalFooter>
    </Modal>
  );
}
