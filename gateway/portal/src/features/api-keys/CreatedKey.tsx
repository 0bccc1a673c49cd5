import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Snippet } from '@/shared/ui/Snippet';

/** The only place where a key is ever shown. */
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
          <Alert isInline variant="danger" title="The key was created, and its answer was lost">
            It cannot be shown again. Revoke it, and create another one.
          </Alert>
        ) : (
          <>
            <Alert isInline variant="warning" title="It is shown this once">
              Nobody can show it again, also not an administrator. Keep it where the application reads its secrets; who
              has it may call what it names.
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
