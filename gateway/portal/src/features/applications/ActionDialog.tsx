import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useEffect, useRef, type ReactNode } from 'react';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface ActionDialogProps {
  /** Prefix of the ids within. */
  id: string;
  title: string;
  description?: ReactNode;
  /** What the submitting button says. */
  action: string;
  size?: 'small' | 'medium' | 'large';
  pending: boolean;
  /** Why it cannot be sent yet; nothing when it can. */
  blocked?: string;
  error: unknown;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form over the page. What the service refuses is shown next to the button that sent it. */
export function ActionDialog({ id, title, description, action, size = 'medium', pending, blocked, error, onSubmit, onClose, children }: ActionDialogProps): ReactNode {
  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error != null) refusal.current?.scrollIntoView?.({ block: 'nearest' });
  }, [error]);
  return (
    <Modal isOpen variant={size} onClose={onClose} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`}>
      <ModalHeader title={title} labelId={`${id}-title`} description={description} />
      <ModalBody id={`${id}-body`} tabIndex={0} aria-label={title}>
        <Form
          id={`${id}-form`}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (blocked === undefined && !pending) onSubmit();
          }}
        >
          {children}
          {error != null && (
            <div ref={refusal}>
              <ProblemPanel error={error} />
            </div>
          )}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          isLoading={pending}
          isAriaDisabled={pending || blocked !== undefined}
          aria-describedby={blocked === undefined ? undefined : `${id}-blocked`}
        >
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
        {blocked !== undefined && (
          <span id={`${id}-blocked`} className="pl-subtle">
            {blocked}
          </span>
        )}
      </ModalFooter>
    </Modal>
  );
}
