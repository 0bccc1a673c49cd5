import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface FormDialogProps {
  title: string;
  /** A line about the purpose of the dialog. */
  description?: ReactNode;
  action: string;
  /** True if the action cannot be undone. */
  danger?: boolean;
  variant?: 'small' | 'medium' | 'large';
  form: { pending: boolean; error: unknown; blocked?: string | undefined; submit: () => void };
  /** The reason why the form cannot be sent yet, apart from its values. */
  blocked?: string | undefined;
  /** An alternative that is offered when the command was refused. */
  remedy?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog with one form. A refusal is shown beside the button, and the fields keep their values. */
export function FormDialog({
  title,
  description,
  action,
  danger = false,
  variant = 'small',
  form: { pending, error, submit, ...form },
  blocked = form.blocked,
  remedy,
  onClose,
  children,
}: FormDialogProps): ReactNode {
  const id = useId();
  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error != null) refusal.current?.scrollIntoView?.({ block: 'nearest' });
  }, [error]);
  return (
    <Modal isOpen variant={variant} onClose={onClose} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`}>
      <ModalHeader
        title={title}
        labelId={`${id}-title`}
        description={description}
        {...(danger && { titleIconVariant: 'warning' as const })}
      />
      <ModalBody id={`${id}-body`} tabIndex={0} aria-label={title}>
        <Form
          id={`${id}-form`}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!pending && blocked === undefined) submit();
          }}
        >
          {children}
          {error != null && (
            <div ref={refusal} className="pl-stack">
              <ProblemPanel error={error} />
              {remedy}
            </div>
          )}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          variant={danger ? 'danger' : 'primary'}
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
