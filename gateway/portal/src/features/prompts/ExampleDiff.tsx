import { Label } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Example, PromptDifference } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';

/** The examples of two versions side by side, as far as they differ. */
export function ExampleDiff({ difference: { examples, from, to } }: { difference: PromptDifference }): ReactNode {
  const rows: { key: string; left?: [number, Example]; right?: [number, Example] }[] = [
    ...examples.changed.map(({ fromIndex, toIndex, from: before, to: after }) => ({
      key: `changed ${fromIndex}`,
      left: [fromIndex, before] as [number, Example],
      right: [toIndex, after] as [number, Example],
    })),
    ...examples.removed.map(({ index, example }) => ({
      key: `removed ${index}`,
      left: [index, example] as [number, Example],
    })),
    ...examples.added.map(({ index, example }) => ({
      key: `added ${index}`,
      right: [index, example] as [number, Example],
    })),
  ];
  if (rows.length === 0) return <p className="pl-subtle">The examples are equal.</p>;
  return (
    <DataTable aria-label={`Examples of v${from} and v${to}`}>
      <Thead>
        <Tr>
          <Th>Change</Th>
          <Th width={40}>v{from}</Th>
          <Th width={40}>v{to}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map(({ key, left, right }) => (
          <Tr key={key}>
            <Td dataLabel="Change">
              {left && right ? (
                <Label isCompact>changed</Label>
              ) : left ? (
                <Label isCompact color="red">
                  removed
                </Label>
              ) : (
                <Label isCompact color="green">
                  added
                </Label>
              )}
            </Td>
            <Td dataLabel={`v${from}`}>{left && <Shown index={left[0]} example={left[1]} />}</Td>
            <Td dataLabel={`v${to}`}>{right && <Shown index={right[0]} example={right[1]} />}</Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function Shown({ index, example: { input, output } }: { index: number; example: Example }): ReactNode {
  return (
    <>
      <div className="pl-subtle">Example {index + 1}</div>
      <div className="pl-content">{input}</div>
      <div className="pl-content">→ {output}</div>
    </>
  );
}
