import { Alert, Button, Flex, FormGroup } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useFieldArray, type Control } from 'react-hook-form';
import { missingPartials, type VersionDraft } from './versionDraft';
import { TextField } from '@/shared/form/fields';
import { RowList } from '@/shared/form/RowList';
import { useRows } from '@/shared/form/useRows';

interface PartialsFieldProps<Parsed> {
  control: Control<VersionDraft, unknown, Parsed>;
  draft: VersionDraft;
}

/** The partials of the messages: the prompt for each name, with its version or label. */
export function PartialsField<Parsed>({ control, draft }: PartialsFieldProps<Parsed>): ReactNode {
  const { fields, append, remove } = useFieldArray({ control, name: 'partials' });
  const rows = useRows(fields.length, {
    append: () => append({ name: '', prompt: '', at: 'production' }, { shouldFocus: false }),
    remove,
  });
  const missing = missingPartials(draft);
  return (
    <FormGroup label="Partials" role="group" fieldId="partials">
      <div className="pl-stack">
        <RowList rows={rows}>
          {fields.map((row, index) => (
            <Flex key={row.id} alignItems={{ default: 'alignItemsFlexStart' }}>
              <TextField id={`partial-${index}-name`} control={control} name={`partials.${index}.name`} label="Name" />
              <TextField
                id={`partial-${index}-prompt`}
                control={control}
                name={`partials.${index}.prompt`}
                label="Prompt"
                help="A prompt that has only one message"
              />
              <TextField
                id={`partial-${index}-at`}
                control={control}
                name={`partials.${index}.at`}
                label="Version or label"
                help="3, or the current version of production"
              />
              <Button
                variant="link"
                isInline
                size="sm"
                aria-label={`Remove the partial ${draft.partials[index]?.name ?? ''}`}
                onClick={() => rows.remove(index)}
              >
                Remove
              </Button>
            </Flex>
          ))}
        </RowList>
        {missing.length > 0 && (
          <Alert
            isInline
            isPlain
            variant="danger"
            component="p"
            title={
              `The messages include ${missing.join(', ')}: choose a prompt for ` +
              `${missing.length === 1 ? 'it' : 'them'}.`
            }
            actionLinks={
              <Button
                variant="link"
                isInline
                onClick={() => append(missing.map((name) => ({ name, prompt: '', at: 'production' })))}
              >
                Add {missing.length === 1 ? 'it' : 'them'}
              </Button>
            }
          />
        )}
        <Button id={rows.addId} variant="secondary" size="sm" onClick={rows.append}>
          Include a prompt
        </Button>
      </div>
    </FormGroup>
  );
}
