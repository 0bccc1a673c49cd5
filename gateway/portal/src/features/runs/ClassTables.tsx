import { Caption, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ClassFigures, Confusion } from './runs';
import { count } from '@/shared/text/format';
import { metricValue } from '@/shared/text/metrics';
import { DataTable, TableFrame } from '@/shared/ui/DataTable';

export function ClassTable({ classes }: { classes: ClassFigures[] }): ReactNode {
  return (
    <DataTable
      aria-label="Metrics by label"
      rows={classes}
      rowKey={({ label }) => label}
      columns={[
        { header: 'Label', cell: ({ label }) => label },
        { header: 'Precision', kind: 'number', cell: ({ precision }) => metricValue('precision', precision) },
        { header: 'Recall', kind: 'number', cell: ({ recall }) => metricValue('recall', recall) },
        { header: 'F1', kind: 'number', cell: ({ f1 }) => metricValue('f1', f1) },
        { header: 'Items', kind: 'number', cell: ({ support }) => count(support) },
      ]}
    />
  );
}

interface ConfusionTableProps {
  confusion: Confusion;
  /** True to let cells lead to their answers. */
  linked: boolean;
}

/**
 * The confusion matrix: expected labels by row, answers by column. The last column counts answers without a label. Each
 * cell leads to its answers if they can be shown.
 */
export function ConfusionTable({ confusion: { labels, counts }, linked }: ConfusionTableProps): ReactNode {
  const most = Math.max(1, ...counts.flat());
  const answers = [...labels, ...(counts.some((row) => row.length > labels.length) ? ['no label'] : [])];
  const answered = (answer: string) => (labels.includes(answer) ? { prediction: answer } : { items: 'unlabelled' });
  return (
    <TableFrame aria-label="Confusion">
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
                  {cell === 0 || !linked ? (
                    count(cell)
                  ) : (
                    <Link
                      className="pl-inherit-colour"
                      from="/runs/$run"
                      search={({ scores, threshold }) => ({ scores, threshold, label, ...answered(answer) })}
                      hash="answers"
                      aria-label={`${count(cell)} with the expected label ${label} and the answer ${answer}`}
                    >
                      {count(cell)}
                    </Link>
                  )}
                </Td>
              );
            })}
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}
