import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useSyncExternalStore, type ReactNode } from 'react';
import { expiry, sessionStarted } from '@/shared/session/expiry';
import { currentPath, signInAddress } from '@/shared/session/session';

/**
 * The dialog after a request was answered with 401. The page below keeps its state, and drafts keep the typed texts.
 */
export function ExpiryDialog(): ReactNode {
  const ended = useSyncExternalStore(expiry.subscribe, expiry.hasEnded);
  return (
    <Modal
      isOpen={ended}
      variant="small"
      onClose={sessionStarted}
      aria-labelledby="expiry-title"
      aria-describedby="expiry-text"
    >
      <ModalHeader title="Your session has ended" labelId="expiry-title" titleIconVariant="warning" />
      <ModalBody id="expiry-text">Sign in again to continue. Your input is kept in this tab.</ModalBody>
      <ModalFooter>
        <Button component="a" variant="primary" href={signInAddress(currentPath())}>
          Sign in again
        </Button>
        <Button variant="link" onClick={sessionStarted}>
          Stay and read
        </Button>
      </ModalFooter>
    </Modal>
  );
}
