import { Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFieldArray } from 'react-hook-form';
import { memoized, type EditorPartProps } from './editorForm';
import { otherParameters, standardNames, standardParameters } from './parameters';
import { TextAreaField, TextField } from '@/shared/form/fields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

/** The fields of the model parameters: the standard ones, and any other by name. */
export const ParametersField = memoized(function ParametersField<Parsed>({
  form: { control },
}: EditorPartProps<Parsed>): ReactNode {
  const { fields, append, remove } = useFieldArray({ control, name: 'parameters.further' });
  const rows = useRows(fields.length, {
    append: () => append({ name: '', value: '' }, { shouldFocus: false }),
    remove,
  });
  return (
    <FormGroup label="Parameters" role="group" fieldId="parameters">
      <div className="pl-stack">
        <div className="pl-grid">
          {standardNames.map((name) => {
            const { kind, help } = standardParameters[name];
            const field = {
              id: `parameter-${name}`,
              control,
              name: `parameters.fields.${name}` as const,
              label: name,
              help,
            };
            return kind === 'lines' ? (
              <TextAreaField key={name} {...field} rows={2} resizeOrientation="vertical" spellCheck={false} />
            ) : (
              <TextField key={name} {...field} inputMode={kind === 'text' ? 'text' : 'decimal'} />
            );
          })}
        </div>
        <p className="pl-subtle">Empty parameters are not sent: the model uses its own defaults.</p>
        <RowList rows={rows}>
          {fields.map(({ id }, index) => (
            <div key={id} className="pl-row pl-stack" role="group" aria-label={`The further parameter ${index + 1}`}>
              <div className="pl-grid">
                <TextField
                  id={`further-${index}-name`}
                  control={control}
                  name={`parameters.further.${index}.name`}
                  label="Name"
                  isRequired
                  help={`Such as ${otherParameters.join(', ')}`}
                />
                <TextAreaField
                  id={`further-${index}-value`}
                  control={control}
                  name={`parameters.further.${index}.value`}
                  label="Value"
                  isRequired
                  help='As JSON: a number, true, "a text", […] or {…}'
                  className="pl-mono"
                  rows={2}
                  resizeOrientation="vertical"
                  spellCheck={false}
                />
              </div>
              <RowActions rows={rows} index={index} what={`further parameter ${index + 1}`} />
            </div>
          ))}
        </RowList>
        <Flex>
          <Button id={rows.addId} variant="secondary" size="sm" onClick={rows.append}>
            Add a further parameter
          </Button>
        </Flex>
      </div>
    </FormGroup>
  );
});
