import { FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import { memoized, setSchema, type EditorPartProps } from './editorForm';
import { formatKinds, nameOf, schemaOfAnswers, type ResponseFormatDraft } from './responseFormat';
import { SchemaFields } from './SchemaFields';
import { ChoiceField, TextAreaField } from '@/shared/form/fields';

const kinds = Object.entries(formatKinds).map(([value, label]) => ({ value, label }));

/** The fields of the response format. */
export const ResponseFormatField = memoized(function ResponseFormatField<Parsed>({
  form,
}: EditorPartProps<Parsed>): ReactNode {
  const { control } = form;
  const draft: ResponseFormatDraft = useWatch({ control, name: 'responseFormat' });
  const name = nameOf(draft);
  return (
    <FormGroup label="Answer" role="group" fieldId="response-format">
      <div className="pl-stack">
        <ChoiceField
          id="response-format-kind"
          control={control}
          name="responseFormat.kind"
          label="Response format"
          choices={kinds}
          onChosen={(kind) => {
            const schema = kind === 'schema' ? schemaOfAnswers(draft) : undefined;
            if (schema !== undefined) setSchema(form, 'responseFormat.schema', schema);
          }}
        />
        {draft.kind === 'answers' && (
          <TextAreaField
            id="answers"
            control={control}
            name="responseFormat.answers"
            label="Answers to choose from"
            isRequired
            help="One per line, spelled as in the dataset. A choice model gives exactly one of them."
            rows={4}
            resizeOrientation="vertical"
            spellCheck={false}
          />
        )}
        {draft.kind === 'schema' && <SchemaFields form={form} at="responseFormat.schema" noun="field" />}
        {draft.kind !== 'text' && name !== undefined && (
          <p className="pl-subtle">The format is sent to models under the name {name}, which stays the same.</p>
        )}
      </div>
    </FormGroup>
  );
});
