import { FormGroup, FormSelect, FormSelectOption, TextArea } from '@patternfly/react-core';
import type { ReactElement, ReactNode, Ref } from 'react';
import { FieldHelp } from '@/shared/form/Field';

interface MessageFieldsProps<Role extends string> {
  id: string;
  /** The label with its number, such as "Message 2". */
  label: string;
  role: Role;
  roles: { value: Role; label: string }[];
  content: string;
  rows?: number;
  isMono?: boolean;
  help?: ReactNode;
  error?: string | undefined;
  textRef?: Ref<HTMLTextAreaElement>;
  onRole: (role: Role) => void;
  onContent: (content: string) => void;
  onBlur?: () => void;
  actions: ReactElement;
}

/** The fields of a message: its role and its text. */
export function MessageFields<Role extends string>({
  id,
  label,
  role,
  roles,
  content,
  rows = 3,
  isMono = false,
  help,
  error,
  textRef,
  onRole,
  onContent,
  onBlur,
  actions,
}: MessageFieldsProps<Role>): ReactNode {
  return (
    <FormGroup label={label} fieldId={id} labelHelp={actions}>
      <div className="pl-role">
        <FormSelect
          aria-label={`Role of ${label.toLowerCase()}`}
          value={role}
          onChange={(_event, next) => onRole(next as Role)}
        >
          {roles.map((choice) => (
            <FormSelectOption key={choice.value} {...choice} />
          ))}
        </FormSelect>
      </div>
      <TextArea
        id={id}
        ref={textRef}
        value={content}
        rows={rows}
        resizeOrientation="vertical"
        className={isMono ? 'pl-mono' : undefined}
        validated={error === undefined ? 'default' : 'error'}
        aria-describedby={help == null && error === undefined ? undefined : `${id}-help`}
        onChange={(_event, next) => onContent(next)}
        onBlur={onBlur}
      />
      <FieldHelp id={`${id}-help`} error={error}>
        {help}
      </FieldHelp>
    </FormGroup>
  );
}
