import { Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Example, PromptDifference } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';

/** The examples that differ between two versions, side by side. */
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
    <DataTable
      aria-label={`Examples of v${from} and v${to}`}
      rows={rows}
      rowKey={({ key }) => key}
      columns={[
        {
          header: 'Change',
          cell: ({ left, right }) =>
            left && right ? (
              <Label isCompact>changed</Label>
            ) : left ? (
              <Label isCompact color="red">
                removed
              </Label>
            ) : (
              <Label isCompact color="green">
                added
              </Label>
            ),
        },
        {
          header: <>v{from}</>,
          label: `v${from}`,
          width: 40,
          cell: ({ left }) => left && <Shown index={left[0]} example={left[1]} />,
        },
        {
          header: <>v{to}</>,
          label: `v${to}`,
          width: 40,
          cell: ({ right }) => right && <Shown index={right[0]} example={right[1]} />,
        },
      ]}
    />
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
