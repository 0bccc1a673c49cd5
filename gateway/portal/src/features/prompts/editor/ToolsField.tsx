import { Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { memoized, type EditorForm, type EditorPartProps } from './editorForm';
import { SchemaFields } from './SchemaFields';
import { mostTools, newTool, type ToolsDraft } from './tools';
import { CheckboxField, ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

const usual = 'The provider’s default';
const yesOrNo = [
  { value: '', label: usual },
  { value: 'true', label: 'yes' },
  { value: 'false', label: 'no' },
];

/** The fields of the tools that the model may call. */
export const ToolsField = memoized(function ToolsField<Parsed>({ form }: EditorPartProps<Parsed>): ReactNode {
  const { control } = form;
  const { fields, append, move, remove } = useFieldArray({ control, name: 'tools.rows' });
  const tools: ToolsDraft = useWatch({ control, name: 'tools' });
  const rows = useRows(fields.length, {
    append: () => append(newTool, { shouldFocus: false }),
    move,
    remove,
  });
  const hasChoices = fields.length > 0 || tools.choice !== '' || tools.parallel !== '';
  return (
    <FormGroup label="Tools" role="group" fieldId="tools">
      <div className="pl-stack">
        <RowList rows={rows}>
          {fields.map(({ id }, index) => (
            <div key={id} className="pl-row pl-stack" role="group" aria-label={`The tool ${index + 1}`}>
              <ToolFields form={form} index={index} takesArguments={tools.rows[index]?.takesArguments ?? false} />
              <RowActions rows={rows} index={index} what={`tool ${index + 1}`} />
            </div>
          ))}
        </RowList>
        {hasChoices && (
          <div className="pl-grid">
            <ChoiceField
              id="tool-choice"
              control={control}
              name="tools.choice"
              label="Tool choice"
              choices={choicesOf(tools)}
            />
            <ChoiceField
              id="tool-parallel"
              control={control}
              name="tools.parallel"
              label="Parallel tool calls"
              choices={yesOrNo}
            />
          </div>
        )}
        <Flex>
          <Button
            id={rows.addId}
            variant="secondary"
            size="sm"
            isDisabled={fields.length >= mostTools}
            onClick={rows.append}
          >
            Add a tool
          </Button>
        </Flex>
      </div>
    </FormGroup>
  );
});

interface ToolFieldsProps<Parsed> {
  form: EditorForm<Parsed>;
  index: number;
  takesArguments: boolean;
}

function ToolFields<Parsed>({ form, index, takesArguments }: ToolFieldsProps<Parsed>): ReactNode {
  const { control } = form;
  return (
    <>
      <div className="pl-grid">
        <TextField
          id={`tool-${index}-name`}
          control={control}
          name={`tools.rows.${index}.name`}
          label="Name"
          isRequired
          help="Letters, digits, _ and -"
        />
        <ChoiceField
          id={`tool-${index}-strict`}
          control={control}
          name={`tools.rows.${index}.strict`}
          label="Strict"
          choices={yesOrNo}
          help="Arguments must follow the schema"
        />
      </div>
      <TextAreaField
        id={`tool-${index}-description`}
        control={control}
        name={`tools.rows.${index}.description`}
        label="Description"
        help="When the model should call it, and what it returns"
        rows={2}
        resizeOrientation="vertical"
      />
      <CheckboxField
        id={`tool-${index}-takes`}
        control={control}
        name={`tools.rows.${index}.takesArguments`}
        label="Takes arguments"
      />
      {takesArguments && (
        <SchemaFields form={form} at={`tools.rows.${index}.arguments`} noun="argument" owner={`tool ${index + 1}`} />
      )}
    </>
  );
}

/** Returns the tool choices. Keeps the current choice even if no tool has its name. */
function choicesOf({ rows, choice }: ToolsDraft) {
  const named = rows.map(({ name }) => `:${name}`).filter((one) => one !== ':');
  const values = ['none', 'auto', 'required', ...named, ...(choice === '' ? [] : [choice])];
  return [
    { value: '', label: usual },
    ...[...new Set(values)].map((value) => ({ value, label: value.replace(/^:/, 'always ') })),
  ];
}
