import { Caption, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { ClassFigures, Confusion } from './runs';
import { count } from '@/shared/text/format';
import { metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';

export function ClassTable({ classes }: { classes: ClassFigures[] }): ReactNode {
  return (
    <DataTable aria-label="Metrics by label">
      <Thead>
        <Tr>
          <Th>Label</Th>
          <Th className="pl-number">Precision</Th>
          <Th className="pl-number">Recall</Th>
          <Th className="pl-number">F1</Th>
          <Th className="pl-number">Items</Th>
        </Tr>
      </Thead>
      <Tbody>
        {classes.map(({ label, precision, recall, f1, support }) => (
          <Tr key={label}>
            <Td dataLabel="Label">{label}</Td>
            <Td dataLabel="Precision" className="pl-number">
              {metricValue('precision', precision)}
            </Td>
            <Td dataLabel="Recall" className="pl-number">
              {metricValue('recall', recall)}
            </Td>
            <Td dataLabel="F1" className="pl-number">
              {metricValue('f1', f1)}
            </Td>
            <Td dataLabel="Items" className="pl-number">
              {count(support)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

/** Expected labels down, answers across; the last column counts what was none of the labels. */
export function ConfusionTable({ confusion: { labels, counts } }: { confusion: Confusion }): ReactNode {
  const most = Math.max(1, ...counts.flat());
  const answers = [...labels, ...(counts.some((row) => row.length > labels.length) ? ['no label'] : [])];
  return (
    <DataTable aria-label="Confusion">
      <Caption>Expected label by row, answer by column</Caption>
      <Thead>
        <Tr>
          <Th>Expected label</Th>
          {answers.map((answer) => (
            <Th key={answer} className="pl-number">
              {answer}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {labels.map((label, down) => (
          <Tr key={label}>
            <Td dataLabel="Expected label">{label}</Td>
            {answers.map((answer, across) => {
              const cell = counts[down]?.[across] ?? 0;
              const share = Math.round((28 * cell) / most);
              return (
                <Td
                  key={answer}
                  dataLabel={answer}
                  className="pl-number"
                  style={{
                    background: `color-mix(in srgb, var(--pf-t--global--color--brand--default) ${share}%, transparent)`,
                    fontWeight: down === across ? 600 : undefined,
                  }}
                >
                  {count(cell)}
                </Td>
              );
            })}
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
