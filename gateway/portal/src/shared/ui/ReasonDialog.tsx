import {
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextArea,
} from '@patternfly/react-core';
import { useId, useState, type ReactNode } from 'react';
import { useDraft } from '@/shared/session/draft';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface ReasonDialogProps {
  title: string;
  children: ReactNode;
  action: string;
  danger?: boolean;
  /** Names the draft, so that a reason typed before the session ended is still there after. */
  draftKey: string;
  pending: boolean;
  error: unknown;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason that goes into the ledger. */
export function ReasonDialog({
  title,
  children,
  action,
  danger = false,
  draftKey,
  pending,
  error,
  onConfirm,
  onClose,
}: ReasonDialogProps): ReactNode {
  const { value: reason, change } = useDraft(draftKey, '');
  const [asked, ask] = useState(false);
  const id = useId();
  const missing = asked && reason.trim() === '';
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`}>
      <ModalHeader title={title} labelId={`${id}-title`} />
      <ModalBody id={`${id}-body`}>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            ask(true);
            if (reason.trim() !== '') onConfirm(reason.trim());
          }}
          id={`${id}-form`}
        >
          {error != null && <ProblemPanel error={error} />}
          <div>{children}</div>
          <FormGroup label="Reason" fieldId={`${id}-reason`} isRequired>
            <TextArea
              id={`${id}-reason`}
              value={reason}
              onChange={(_event, next) => change(next)}
              isRequired
              autoFocus
              rows={3}
              validated={missing ? 'error' : 'default'}
              aria-describedby={`${id}-help`}
            />
            <FormHelperText>
              <HelperText id={`${id}-help`}>
                <HelperTextItem variant={missing ? 'error' : 'default'}>
                  {missing ? 'Say why: the reason goes into the ledger.' : 'Recorded in the ledger with your name.'}
                </HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={danger ? 'danger' : 'primary'}
          isLoading={pending}
          isDisabled={pending}
        >
          {action}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
