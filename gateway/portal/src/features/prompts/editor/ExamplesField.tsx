import { Button, ExpandableSection, Flex, FormGroup, TextArea } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { memoized, type EditorPartProps } from './editorForm';
import { examplesIn, mostExamples } from './examples';
import type { VersionDraft } from './versionDraft';
import { Field } from '@/shared/form/Field';
import { TextAreaField } from '@/shared/form/fields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

/** The few-shot examples of a version. */
export const ExamplesField = memoized(function ExamplesField<Parsed>({
  form: { control },
}: EditorPartProps<Parsed>): ReactNode {
  const { fields, append, move, remove } = useFieldArray({ control, name: 'examples' });
  const rows = useRows(fields.length, {
    append: () => append({ input: '', output: '' }, { shouldFocus: false }),
    move,
    remove,
  });
  const text = { control, rows: 2, resizeOrientation: 'vertical', className: 'pl-mono' } as const;
  return (
    <FormGroup label="Examples" role="group" fieldId="examples">
      <div className="pl-stack">
        <RowList rows={rows}>
          {fields.map(({ id }, index) => (
            <div key={id} className="pl-row pl-stack" role="group" aria-label={`The example ${index + 1}`}>
              <div className="pl-grid">
                <TextAreaField
                  {...text}
                  id={`example-${index}-input`}
                  name={`examples.${index}.input`}
                  label="Input"
                  isRequired
                />
                <TextAreaField
                  {...text}
                  id={`example-${index}-output`}
                  name={`examples.${index}.output`}
                  label="Output"
                  isRequired
                />
              </div>
              <RowActions rows={rows} index={index} what={`example ${index + 1}`} />
            </div>
          ))}
        </RowList>
        <p className="pl-subtle">
          The input is the value of the only required variable, or else a complete user message. The output is the
          expected answer.
        </p>
        <Flex>
          <Button
            id={rows.addId}
            variant="secondary"
            size="sm"
            isDisabled={fields.length >= mostExamples}
            onClick={rows.append}
          >
            Add an example
          </Button>
        </Flex>
        <SeveralExamples
          room={mostExamples - fields.length}
          onAdd={(examples) => append(examples, { shouldFocus: false })}
        />
      </div>
    </FormGroup>
  );
});

interface SeveralExamplesProps {
  room: number;
  onAdd: (examples: VersionDraft['examples']) => void;
}

/** The field that adds several examples as JSON. */
function SeveralExamples({ room, onAdd }: SeveralExamplesProps): ReactNode {
  const [expanded, expand] = useState(false);
  const [text, type] = useState('');
  const { examples, flaw } = examplesIn(text, room);
  return (
    <ExpandableSection toggleText="Add several as JSON" isExpanded={expanded} onToggle={(_event, next) => expand(next)}>
      <div className="pl-stack">
        <Field
          id="several-examples"
          label="Examples, as JSON"
          error={flaw}
          help={'A list of {"input": …, "output": …}'}
        >
          <TextArea
            id="several-examples"
            className="pl-mono"
            rows={4}
            resizeOrientation="vertical"
            spellCheck={false}
            value={text}
            validated={flaw === undefined ? 'default' : 'error'}
            aria-describedby="several-examples-help"
            onChange={(_event, next) => type(next)}
          />
        </Field>
        <Button
          variant="secondary"
          size="sm"
          isAriaDisabled={examples.length === 0}
          onClick={() => {
            onAdd(examples);
            type('');
          }}
        >
          Add them
        </Button>
      </div>
    </ExpandableSection>
  );
}
