import { Button } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { useFieldArray, type Control } from 'react-hook-form';
import { newOverride, type CostDraft } from './costDraft';
import { approaches, costLines, lineName } from './costs';
import { CellChoice, CellField } from '@/shared/form/fields';
import { words } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';

/** Amounts that replace the defaults, one per row, with their sources. */
export function Overrides<Parsed>({ control }: { control: Control<CostDraft, unknown, Parsed> }): ReactNode {
  const { fields, append, remove } = useFieldArray({ control, name: 'overrides' });
  return (
    <>
      {fields.length > 0 && (
        <div className="pl-form-table">
          <TableFrame aria-label="Overrides">
            <Thead>
              <Tr>
                <Th>Approach</Th>
                <Th>Line</Th>
                <Th>USD per month</Th>
                <Th>USD per call</Th>
                <Th>Source</Th>
                <Th screenReaderText="Remove" />
              </Tr>
            </Thead>
            <Tbody>
              {fields.map(({ id }, index) => (
                <OverrideRow key={id} control={control} index={index} onRemove={() => remove(index)} />
              ))}
            </Tbody>
          </TableFrame>
        </div>
      )}
      <div>
        <Button variant="secondary" size="sm" onClick={() => append(newOverride)}>
          Add an override
        </Button>
      </div>
    </>
  );
}

interface OverrideRowProps<Parsed> {
  control: Control<CostDraft, unknown, Parsed>;
  index: number;
  onRemove: () => void;
}

function OverrideRow<Parsed>({ control, index, onRemove }: OverrideRowProps<Parsed>): ReactNode {
  const cell = (field: 'approach' | 'line' | 'monthly' | 'perRequest' | 'source', label: string) => ({
    control,
    name: `overrides.${index}.${field}` as const,
    id: `override-${index}-${field}`,
    label: `${label} of override ${index + 1}`,
  });
  return (
    <Tr>
      <Td dataLabel="Approach">
        <CellChoice
          {...cell('approach', 'Approach')}
          choices={approaches.map((approach) => ({ value: approach, label: words(approach) }))}
        />
      </Td>
      <Td dataLabel="Line">
        <CellChoice
          {...cell('line', 'Line')}
          choices={costLines.map((line) => ({ value: line, label: lineName(line) }))}
        />
      </Td>
      <Td dataLabel="USD per month">
        <CellField {...cell('monthly', 'USD per month')} type="number" />
      </Td>
      <Td dataLabel="USD per call">
        <CellField {...cell('perRequest', 'USD per call')} type="number" />
      </Td>
      <Td dataLabel="Source">
        <CellField {...cell('source', 'Source')} type="text" />
      </Td>
      <Td dataLabel="Remove">
        <Button variant="link" isInline onClick={onRemove} aria-label={`Remove override ${index + 1}`}>
          Remove
        </Button>
      </Td>
    </Tr>
  );
}
