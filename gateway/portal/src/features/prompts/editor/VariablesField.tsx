import { FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { memoized, type EditorPartProps } from './editorForm';
import { SchemaFields } from './SchemaFields';

/** The fields of the variables that a call fills. */
export const VariablesField = memoized(function VariablesField<Parsed>({ form }: EditorPartProps<Parsed>): ReactNode {
  return (
    <FormGroup label="Variables" role="group" fieldId="variables">
      <div className="pl-stack">
        <SchemaFields form={form} at="variables" noun="variable" />
      </div>
    </FormGroup>
  );
});
