import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { sweepsQuery, type Sweep } from './jobs';
import { count } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager } from '@/shared/ui/Pager';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function SweepsPanel({
  token,
  onToken,
}: {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
}): ReactNode {
  return (
    <Loaded query={useQuery(sweepsQuery(token))} what="sweeps">
      {(page) =>
        page.items.length === 0 ? (
          <Empty
            title="No sweeps yet"
            action={
              <LinkButton variant="primary" to="/training/new">
                Start a sweep
              </LinkButton>
            }
          >
            A sweep trains one job for each combination of hyperparameters and selects the best by its metric on the
            validation subset.
          </Empty>
        ) : (
          <>
            <SweepTable sweeps={page.items} />
            <Pager page={page} token={token} onToken={onToken} />
          </>
        )
      }
    </Loaded>
  );
}

function SweepTable({ sweeps }: { sweeps: Sweep[] }): ReactNode {
  return (
    <DataTable aria-label="Sweeps">
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
        {sweeps.map(({ id, state, application, baseModel, trials, metric, bestValue, createdAt }) => (
          <Tr key={id}>
            <Td dataLabel="Sweep">
              <Link to="/sweeps/$sweep" params={{ sweep: id }}>
                <code>{id.slice(-12)}</code>
              </Link>
            </Td>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="Application">
              <Link to="/apps/$app" params={{ app: application }}>
                {application}
              </Link>
            </Td>
            <Td dataLabel="Base model">{baseModel}</Td>
            <Td dataLabel="Trials" className="pl-number">
              {count(trials.length)}
            </Td>
            <Td dataLabel="Best">
              {bestValue == null ? '—' : `${metricName(metric)} ${metricValue(metric, bestValue)}`}
            </Td>
            <Td dataLabel="Requested">
              <Time at={createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
