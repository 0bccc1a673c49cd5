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
  /** True to show the answer of each row, which a list over several traces needs. */
  answers?: boolean;
}

/** A table of feedback, without the texts of corrections, which the trace shows. */
export function FeedbackTable({ rows, answers = false }: FeedbackTableProps): ReactNode {
  return (
    <DataTable
      aria-label="Feedback"
      rows={rows}
      rowKey={(row) => `${row.responseId} ${row.caller} ${row.metric}`}
      columns={[
        { header: 'Given', cell: (row) => <Time at={row.recordedAt} /> },
        answers && { header: 'Answer', cell: (row) => <Answer row={row} /> },
        { header: 'Metric', cell: (row) => <code>{row.metric}</code> },
        { header: 'Judged', cell: (row) => <StateLabel state={row.correct ? 'CORRECT' : 'INCORRECT'} /> },
        { header: 'Score', kind: 'number', cell: (row) => (row.score == null ? '—' : decimal(row.score)) },
        { header: 'Correction', cell: (row) => (row.correctionContents == null ? '—' : words(row.correctionContents)) },
        { header: 'By', cell: (row) => <Person actor={row.caller} /> },
      ]}
    />
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
