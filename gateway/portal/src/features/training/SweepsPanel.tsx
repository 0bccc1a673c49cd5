import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApplicationCells, IdLink } from './cells';
import { sweepsQuery, type Sweep } from './jobs';
import { count } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Time } from '@/shared/ui/Time';

interface SweepsPanelProps {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  start: ReactNode;
}

export function SweepsPanel({ token, onToken, start }: SweepsPanelProps): ReactNode {
  return (
    <PagedList
      query={useQuery(sweepsQuery(token))}
      what="sweeps"
      token={token}
      onToken={onToken}
      empty={
        <Empty title="No sweeps yet" action={start}>
          A sweep trains one job for each combination of hyperparameters and selects the best by its metric on the
          validation subset. To start one, give a hyperparameter several values.
        </Empty>
      }
    >
      {(sweeps) => <SweepTable sweeps={sweeps} />}
    </PagedList>
  );
}

function SweepTable({ sweeps }: { sweeps: Sweep[] }): ReactNode {
  return (
    <TableFrame aria-label="Sweeps">
      <Thead>
        <Tr>
          <Th>Sweep</Th>
          <Th>State</Th>
          <Th>Application</Th>
          <Th>Base model</Th>
          <Th className="pl-number">Trials</Th>
          <Th>Best</Th>
          <Th>Requested</Th>
        </Tr>
      </Thead>
      <Tbody>
        {sweeps.map((sweep) => (
          <Tr key={sweep.sweepId}>
            <Td dataLabel="Sweep">
              <IdLink sweep={sweep.sweepId} />
            </Td>
            <ApplicationCells of={sweep} />
            <Td dataLabel="Trials" className="pl-number">
              {count(sweep.trials.length)}
            </Td>
            <Td dataLabel="Best">
              {sweep.bestValue == null
                ? '—'
                : `${metricName(sweep.metric)} ${metricValue(sweep.metric, sweep.bestValue)}`}
            </Td>
            <Td dataLabel="Requested">
              <Time at={sweep.createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}
