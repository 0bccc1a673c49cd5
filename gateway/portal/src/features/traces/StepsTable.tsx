import type { ReactNode } from 'react';
import { RetrievedPassages } from './RetrievedPassages';
import { retrievedBy } from './retrieval';
import type { TraceStep } from './traces';
import { itemReaders } from '@/shared/items/items';
import { count, duration, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { OnDemand } from '@/shared/ui/OnDemand';

interface StepsTableProps {
  steps: TraceStep[];
  /** The duration of the request, in milliseconds. */
  total: number;
}

/** The steps in the order of their start. The bars show the same values as the columns. */
export function StepsTable({ steps, total }: StepsTableProps): ReactNode {
  if (steps.length === 0) return <p>The request ended before its first step.</p>;
  const share = (millis: number) => `${Math.min(100, (100 * millis) / Math.max(total, 0.001))}%`;
  return (
    <DataTable
      aria-label="Steps"
      rows={steps}
      rowKey={(_row, index) => index}
      columns={[
        { header: 'Step', cell: (step) => words(step.kind) },
        { header: 'Started after', kind: 'number', cell: (step) => duration(step.startMillis) },
        { header: 'Duration', kind: 'number', cell: (step) => duration(step.durationMillis) },
        { header: 'Details', cell: (step) => <StepDetails step={step} /> },
        {
          header: 'Timeline',
          kind: 'action',
          cell: (step) => (
            <div className="pl-timeline" aria-hidden="true">
              <span style={{ marginInlineStart: share(step.startMillis), inlineSize: share(step.durationMillis) }} />
            </div>
          ),
        },
      ]}
    />
  );
}

function StepDetails({ step }: { step: TraceStep }): ReactNode {
  const retrieved = retrievedBy(step);
  if (retrieved === undefined) return step.details.map(({ name, value }) => `${name} ${value}`).join(', ') || '—';
  const { indexDigest, passages } = retrieved;
  return (
    <>
      {count(passages.length)} {passages.length === 1 ? 'passage' : 'passages'} of index{' '}
      <DigestText value={indexDigest} />
      {passages.length > 0 && (
        <>
          <ol className="pl-plain" aria-label="Retrieved passages, best first">
            {passages.map((id, place) => (
              <li key={id}>
                [{place + 1}] <code>{id}</code>
              </li>
            ))}
          </ol>
          <OnDemand
            what="what they say, the passages of this step, which is recorded"
            roles={itemReaders}
            button="what they say"
          >
            <RetrievedPassages retrieved={retrieved} />
          </OnDemand>
        </>
      )}
    </>
  );
}
