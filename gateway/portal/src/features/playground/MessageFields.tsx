import { Button, FormGroup, FormSelect, FormSelectOption, TextArea } from '@patternfly/react-core';
import type { ReactNode } from 'react';

interface MessageFieldsProps<Role extends string> {
  id: string;
  /** What it is, with its number: "Message 2". */
  label: string;
  role: Role;
  roles: { value: Role; label: string }[];
  content: string;
  rows?: number;
  isMono?: boolean;
  onChange: (role: Role, content: string) => void;
  onRemove: (() => void) | undefined;
}

/** A message as it is typed: who says it, and what. */
export function MessageFields<Role extends string>({
  id,
  label,
  role,
  roles,
  content,
  rows = 3,
  isMono = false,
  onChange,
  onRemove,
}: MessageFieldsProps<Role>): ReactNode {
  return (
    <FormGroup
      label={label}
      fieldId={id}
      labelHelp={
        onRemove && (
          <Button variant="link" isInline size="sm" onClick={onRemove} aria-label={`Remove ${label.toLowerCase()}`}>
            Remove
          </Button>
        )
      }
    >
      <div className="pl-role">
        <FormSelect
          aria-label={`Role of ${label.toLowerCase()}`}
          value={role}
          onChange={(_event, next) => onChange(next as Role, content)}
        >
          {roles.map((choice) => (
            <FormSelectOption key={choice.value} {...choice} />
          ))}
        </FormSelect>
      </div>
      <TextArea
        id={id}
        value={content}
        rows={rows}
        resizeOrientation="vertical"
        className={isMono ? 'pl-mono' : undefined}
        onChange={(_event, next) => onChange(role, next)}
      />
    </FormGroup>
  );
}
