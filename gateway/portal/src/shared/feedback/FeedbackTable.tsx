import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Feedback } from './feedback';
import { decimal, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface FeedbackTableProps {
  rows: Feedback[];
  /** Whether to show the answer of each row, which a list over several traces needs. */
  answers?: boolean;
}

/** A table of feedback, without the texts of corrections, which the trace shows. */
export function FeedbackTable({ rows, answers = false }: FeedbackTableProps): ReactNode {
  return (
    <DataTable aria-label="Feedback">
      <Thead>
        <Tr>
          <Th>Given</Th>
          {answers && <Th>Answer</Th>}
          <Th>Metric</Th>
          <Th>Judged</Th>
          <Th className="pl-number">Score</Th>
          <Th>Correction</Th>
          <Th>By</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <Tr key={`${row.responseId} ${row.caller} ${row.metric}`}>
            <Td dataLabel="Given">
              <Time at={row.recordedAt} />
            </Td>
            {answers && (
              <Td dataLabel="Answer">
                <Answer row={row} />
              </Td>
            )}
            <Td dataLabel="Metric">
              <code>{row.metric}</code>
            </Td>
            <Td dataLabel="Judged">
              <StateLabel state={row.correct ? 'CORRECT' : 'INCORRECT'} />
            </Td>
            <Td dataLabel="Score" className="pl-number">
              {row.score == null ? '—' : decimal(row.score)}
            </Td>
            <Td dataLabel="Correction">{row.correctionContents == null ? '—' : words(row.correctionContents)}</Td>
            <Td dataLabel="By">
              <Person actor={row.caller} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function Answer({ row: { responseId, application, arm, answeredOn } }: { row: Feedback }): ReactNode {
  return (
    <>
      <Link to="/traces/$trace" params={{ trace: responseId }}>
        trace of {answeredOn}
      </Link>
      {application != null && (
        <div className="pl-subtle">
          {application} {arm}
        </div>
      )}
    </>
  );
}
