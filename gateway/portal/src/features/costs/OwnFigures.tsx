import { Button, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { newFigure, type OwnFigure } from './costDraft';
import { approaches, costLines, lineName, type Approach, type CostLine } from './costs';
import { words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

interface OwnFiguresProps {
  value: OwnFigure[];
  errorAt: (pointer: string) => string | undefined;
  onChange: (value: OwnFigure[]) => void;
}

/** Figures in place of the defaults, one row each, with where they come from. */
export function OwnFigures({ value, errorAt, onChange }: OwnFiguresProps): ReactNode {
  return (
    <>
      {value.length > 0 && (
        <div className="pl-form-table">
          <DataTable aria-label="Figures of your own">
            <Thead>
              <Tr>
                <Th>Approach</Th>
                <Th>Line</Th>
                <Th>USD a month</Th>
                <Th>USD a call</Th>
                <Th>Where it comes from</Th>
                <Th screenReaderText="Remove" />
              </Tr>
            </Thead>
            <Tbody>
              {value.map((figure, index) => (
                <FigureRow
                  key={index}
                  index={index}
                  figure={figure}
                  errorAt={errorAt}
                  onChange={(next) => onChange(value.with(index, next))}
                  onRemove={() => onChange(value.toSpliced(index, 1))}
                />
              ))}
            </Tbody>
          </DataTable>
        </div>
      )}
      <div>
        <Button variant="secondary" size="sm" onClick={() => onChange([...value, newFigure])}>
          Add a figure of your own
        </Button>
      </div>
    </>
  );
}

interface FigureRowProps {
  index: number;
  figure: OwnFigure;
  errorAt: (pointer: string) => string | undefined;
  onChange: (figure: OwnFigure) => void;
  onRemove: () => void;
}

function FigureRow({ index, figure, errorAt, onChange, onRemove }: FigureRowProps): ReactNode {
  const row = `of figure ${index + 1}`;
  const input = (field: 'monthly' | 'perRequest' | 'source', label: string) => {
    const error = errorAt(`/overrides/${index}/${field}`);
    return (
      <Td dataLabel={label}>
        <TextInput
          id={`figure-${index}-${field}`}
          type={field === 'source' ? 'text' : 'number'}
          className={field === 'source' ? undefined : 'pl-short'}
          aria-label={`${label} ${row}`}
          aria-describedby={error === undefined ? undefined : `figure-${index}-${field}-fault`}
          value={figure[field]}
          validated={error === undefined ? 'default' : 'error'}
          onChange={(_event, next) => onChange({ ...figure, [field]: next })}
        />
        {error !== undefined && (
          <div id={`figure-${index}-${field}-fault`} className="pl-fault">
            {error}
          </div>
        )}
      </Td>
    );
  };
  return (
    <Tr>
      <Td dataLabel="Approach">
        <FormSelect
          className="pl-choice"
          aria-label={`Approach ${row}`}
          value={figure.approach}
          onChange={(_event, approach) => onChange({ ...figure, approach: approach as Approach })}
        >
          {approaches.map((approach) => (
            <FormSelectOption key={approach} value={approach} label={words(approach)} />
          ))}
        </FormSelect>
      </Td>
      <Td dataLabel="Line">
        <FormSelect
          className="pl-choice"
          aria-label={`Line ${row}`}
          value={figure.line}
          onChange={(_event, line) => onChange({ ...figure, line: line as CostLine })}
        >
          {costLines.map((line) => (
            <FormSelectOption key={line} value={line} label={lineName(line)} />
          ))}
        </FormSelect>
      </Td>
      {input('monthly', 'USD a month')}
      {input('perRequest', 'USD a call')}
      {input('source', 'Where it comes from')}
      <Td dataLabel="Remove">
        <Button variant="link" isInline onClick={onRemove} aria-label={`Remove figure ${index + 1}`}>
          Remove
        </Button>
      </Td>
    </Tr>
  );
}
