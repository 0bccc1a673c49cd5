import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Trace } from '@/shared/data/traces';
import { count, duration, short } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function TracesTable({ rows }: { rows: Trace[] }): ReactNode {
  return (
    <DataTable aria-label="Traces">
      <Thead>
        <Tr>
          <Th>Time</Th>
          <Th>Called</Th>
          <Th>Status</Th>
          <Th>Caller</Th>
          <Th className="pl-number">Duration</Th>
          <Th className="pl-number">First token</Th>
          <Th className="pl-number">Tokens in, out</Th>
          <Th className="pl-number">Cost</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((trace) => (
          <Tr key={trace.requestId}>
            <Td dataLabel="Time">
              <Link to="/traces/$trace" params={{ trace: trace.requestId }}>
                <Time at={trace.startedAt} />
              </Link>
            </Td>
            <Td dataLabel="Called">
              {called(trace)} {trace.arm != null && <span className="pl-subtle">{trace.arm}</span>}
              {trace.application != null && <div className="pl-subtle pl-anywhere">{trace.model}</div>}
            </Td>
            <Td dataLabel="Status">
              <StateLabel state={trace.status} /> {trace.error != null && <code>{trace.error}</code>}
            </Td>
            <Td dataLabel="Caller">
              <Person actor={trace.caller} />
              {trace.userHash != null && (
                <div className="pl-subtle">
                  for{' '}
                  <Link to="/traces" search={{ user: trace.userHash }} title={trace.userHash}>
                    <code>{short(trace.userHash)}</code>
                  </Link>
                </div>
              )}
              {trace.sessionId != null && (
                <div className="pl-subtle pl-anywhere">
                  in{' '}
                  <Link to="/traces" search={{ session: trace.sessionId }}>
                    {trace.sessionId}
                  </Link>
                </div>
              )}
            </Td>
            <Td dataLabel="Duration" className="pl-number">
              {duration(trace.durationMillis)}
            </Td>
            <Td dataLabel="First token" className="pl-number">
              {trace.firstTokenMillis == null ? '—' : duration(trace.firstTokenMillis)}
            </Td>
            <Td dataLabel="Tokens in, out" className="pl-number">
              {count(trace.inputTokens)} in, {count(trace.outputTokens)} out
            </Td>
            <Td dataLabel="Cost" className="pl-number">
              {trace.cost == null ? '—' : money(trace.cost)}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function called({ application, environment, model }: Trace): string {
  if (application == null) return model;
  return environment == null ? application : `${application}@${environment}`;
}
