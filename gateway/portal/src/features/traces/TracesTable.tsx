import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ListedTrace, Trace } from '@/shared/data/traces';
import { count, duration, short } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { DataTable } from '@/shared/ui/DataTable';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function TracesTable({ rows }: { rows: ListedTrace[] }): ReactNode {
  return (
    <DataTable
      aria-label="Traces"
      gridBreakPoint="grid-xl"
      rows={rows}
      rowKey={(trace) => trace.requestId}
      columns={[
        {
          header: 'Time',
          cell: (trace) => (
            <Link to="/traces/$trace" params={{ trace: trace.requestId }}>
              <Time at={trace.startedAt} />
            </Link>
          ),
        },
        {
          header: 'Called',
          cell: (trace) => (
            <>
              {called(trace)} {trace.arm != null && <span className="pl-subtle">{trace.arm}</span>}
              {trace.application != null && <div className="pl-subtle pl-anywhere">{trace.model}</div>}
            </>
          ),
        },
        rows.some(({ question }) => question != null) && {
          header: 'Question',
          kind: 'anywhere',
          cell: ({ question }) => question,
        },
        rows.some(({ answer }) => answer != null) && {
          header: 'Answer',
          kind: 'anywhere',
          cell: ({ answer }) => answer,
        },
        {
          header: 'Status',
          cell: (trace) => (
            <>
              <StateLabel state={trace.status} /> {trace.error != null && <code>{trace.error}</code>}
            </>
          ),
        },
        {
          header: 'Caller',
          cell: (trace) => (
            <>
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
            </>
          ),
        },
        {
          header: 'Duration',
          kind: 'number',
          cell: (trace) => (
            <>
              {duration(trace.durationMillis)}
              {trace.firstTokenMillis != null && (
                <div className="pl-subtle">first token {duration(trace.firstTokenMillis)}</div>
              )}
            </>
          ),
        },
        {
          header: 'Cost',
          kind: 'number',
          cell: (trace) => (
            <>
              {trace.cost == null ? '—' : money(trace.cost)}
              <div className="pl-subtle">
                {count(trace.inputTokens)} in, {count(trace.outputTokens)} out
              </div>
            </>
          ),
        },
      ]}
    />
  );
}

function called({ application, environment, model }: Trace): string {
  if (application == null) return model;
  return environment == null ? application : `${application}@${environment}`;
}
