import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
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
  /** Of the request, in milliseconds. */
  total: number;
}

/** The steps in the order in which they began; the bar shows what the columns say. */
export function StepsTable({ steps, total }: StepsTableProps): ReactNode {
  if (steps.length === 0) return <p>The request ended before its first step.</p>;
  const share = (millis: number) => `${Math.min(100, (100 * millis) / Math.max(total, 0.001))}%`;
  return (
    <DataTable aria-label="Steps">
      <Thead>
        <Tr>
          <Th>Step</Th>
          <Th className="pl-number">Began after</Th>
          <Th className="pl-number">Took</Th>
          <Th>Details</Th>
          <Th screenReaderText="Timeline" />
        </Tr>
      </Thead>
      <Tbody>
        {steps.map((step, index) => (
          <Tr key={index}>
            <Td dataLabel="Step">{words(step.kind)}</Td>
            <Td dataLabel="Began after" className="pl-number">
              {duration(step.startMillis)}
            </Td>
            <Td dataLabel="Took" className="pl-number">
              {duration(step.durationMillis)}
            </Td>
            <Td dataLabel="Details">
              <StepDetails step={step} />
            </Td>
            <Td>
              <div className="pl-timeline" aria-hidden="true">
                <span style={{ marginInlineStart: share(step.startMillis), inlineSize: share(step.durationMillis) }} />
              </div>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
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
