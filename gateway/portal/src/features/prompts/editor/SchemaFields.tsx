import { Button, Flex } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { get, useFieldArray, useFormState, useWatch } from 'react-hook-form';
import { setSchema, type EditorForm, type SchemaPath } from './editorForm';
import { asFields, asJson, furtherRules, type ObjectSchemaDraft } from './objectSchema';
import { newProperty } from './property';
import { PropertyFields } from './PropertyFields';
import { TextAreaField } from '@/shared/form/fields';
import { RowActions, RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

interface SchemaFieldsProps<Parsed> {
  form: EditorForm<Parsed>;
  at: SchemaPath;
  /** The noun for a property, such as "variable". */
  noun: string;
  /** The owner of the properties, such as "tool 2", if the form has several such schemas. */
  owner?: string;
}

/** The schema of an object, edited as one row per property or as JSON. */
export function SchemaFields<Parsed>({ form, at, noun, owner }: SchemaFieldsProps<Parsed>): ReactNode {
  const { control } = form;
  const draft: ObjectSchemaDraft = useWatch({ control, name: at });
  const { fields, append, remove } = useFieldArray({ control, name: `${at}.rows` });
  const rows = useRows(fields.length, {
    append: () => append(newProperty, { shouldFocus: false }),
    remove,
  });
  const ofOwner = owner === undefined ? '' : ` of ${owner}`;
  const isJson = draft.form === 'json';
  const other = isJson ? asFields(draft) : asJson(draft);
  const further = furtherRules(draft);
  return (
    <>
      {isJson ? (
        <TextAreaField
          id={`${at.replaceAll('.', '-')}-json`}
          control={control}
          name={`${at}.json`}
          label={`JSON Schema of the ${noun}s${ofOwner}`}
          help={other === undefined ? 'The schema is too complex to be edited by fields.' : undefined}
          className="pl-mono"
          rows={8}
          resizeOrientation="vertical"
          spellCheck={false}
        />
      ) : (
        <>
          <RowList rows={rows}>
            {fields.map(({ id }, index) => {
              const what = `${noun} ${index + 1}${ofOwner}`;
              return (
                <div key={id} className="pl-row pl-stack" role="group" aria-label={`The ${what}`}>
                  <PropertyFields
                    form={form}
                    at={at}
                    index={index}
                    isVariable={at === 'variables'}
                    actions={<RowActions rows={rows} index={index} what={what} />}
                  />
                </div>
              );
            })}
          </RowList>
          {further.length > 0 && (
            <p className="pl-subtle">The schema also contains {further.join(', ')}, which is kept.</p>
          )}
          <RestFault form={form} at={at} />
        </>
      )}
      <Flex>
        {!isJson && (
          <Button id={rows.addId} variant="secondary" size="sm" onClick={rows.append}>
            Add {/^[aeiou]/.test(noun) ? 'an' : 'a'} {noun}
          </Button>
        )}
        <Button
          variant="link"
          size="sm"
          isAriaDisabled={other === undefined}
          aria-label={`${isJson ? 'Edit by fields' : 'Edit all as JSON'}, ${noun}s${ofOwner}`}
          onClick={() => other && setSchema(form, at, other)}
        >
          {isJson ? 'Edit by fields' : 'Edit all as JSON'}
        </Button>
      </Flex>
    </>
  );
}

/** The error of the schema that concerns none of its properties. */
function RestFault<Parsed>({ form: { control }, at }: Pick<SchemaFieldsProps<Parsed>, 'form' | 'at'>): ReactNode {
  const { errors } = useFormState({ control });
  const fault = get(errors, `${at}.rest.message`) as string | undefined;
  return fault !== undefined && <p className="pl-fault">{fault}</p>;
}
