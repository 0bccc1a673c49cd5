import { Flex } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useWatch } from 'react-hook-form';
import type { EditorForm, SchemaPath } from './editorForm';
import { linesOf, propertyTypes, retyped, type PropertyDraft, type PropertyType } from './property';
import { CheckboxField, ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';

const types = Object.entries(propertyTypes).map(([value, label]) => ({ value, label }));
const lines = { rows: 2, resizeOrientation: 'vertical', spellCheck: false } as const;

interface PropertyFieldsProps<Parsed> {
  form: EditorForm<Parsed>;
  at: SchemaPath;
  index: number;
  /** True for a prompt's variable, which has a default and can be trusted. */
  isVariable: boolean;
  actions: ReactNode;
}

/** The fields of a property of an object, or its JSON Schema where fields cannot express it. */
export function PropertyFields<Parsed>({
  form,
  at,
  index,
  isVariable,
  actions,
}: PropertyFieldsProps<Parsed>): ReactNode {
  const { control, set } = form;
  const draft: PropertyDraft = useWatch({ control, name: `${at}.rows.${index}` });
  const id = `${at.replaceAll('.', '-')}-${index}`;
  const field = <Name extends keyof PropertyDraft>(name: Name) => ({
    control,
    name: `${at}.rows.${index}.${name}` as const,
    id: `${id}-${name}`,
  });
  const { type } = draft;
  return (
    <>
      <div className="pl-grid">
        <TextField {...field('name')} label="Name" isRequired />
        <ChoiceField
          {...field('type')}
          label="Type"
          choices={types}
          onChosen={(next) => set(`${at}.rows.${index}`, retyped(draft, next as PropertyType))}
        />
        {type !== 'schema' && <TextAreaField {...field('description')} label="Description" {...lines} rows={1} />}
        {type !== 'schema' && (isVariable || draft.default !== '') && (
          <DefaultField {...field('default')} type={type} choices={linesOf(draft.choices)} value={draft.default} />
        )}
      </div>
      {type === 'choice' && (
        <TextAreaField
          {...field('choices')}
          {...lines}
          rows={3}
          label="Allowed values"
          isRequired
          help="One per line"
        />
      )}
      {type === 'schema' && (
        <TextAreaField {...field('schema')} {...lines} rows={6} label="JSON Schema" isRequired className="pl-mono" />
      )}
      <Flex alignItems={{ default: 'alignItemsCenter' }}>
        <CheckboxField {...field('isRequired')} label="Required" />
        {isVariable && type === 'text' && (
          <CheckboxField {...field('isTrusted')} label="Trusted: its values never come from outside" />
        )}
        {actions}
      </Flex>
    </>
  );
}

type DefaultPath = `${SchemaPath}.rows.${number}.default`;

interface DefaultFieldProps<Parsed> extends Pick<EditorForm<Parsed>, 'control'> {
  name: DefaultPath;
  id: string;
  type: PropertyType;
  choices: string[];
  value: string;
}

/** The field for the default of a value. */
function DefaultField<Parsed>({ type, choices, value, ...field }: DefaultFieldProps<Parsed>): ReactNode {
  const offered = (values: string[]) => [...new Set(values)].map((one) => ({ value: one, label: one }));
  switch (type) {
    case 'number':
    case 'integer':
      return <TextField {...field} label="Default" inputMode="decimal" />;
    case 'boolean':
      return <ChoiceField {...field} label="Default" placeholder="None" choices={offered(['true', 'false'])} />;
    case 'choice':
      return (
        <ChoiceField
          {...field}
          label="Default"
          placeholder="None"
          choices={offered(value === '' ? choices : [...choices, value])}
        />
      );
    case 'list':
      return <TextAreaField {...field} {...lines} label="Default" help="One text per line" />;
    default:
      return <TextAreaField {...field} {...lines} rows={1} label="Default" />;
  }
}
