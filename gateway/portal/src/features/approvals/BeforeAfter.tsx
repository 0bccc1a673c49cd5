import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { figuresOf, type Figure } from './beforeAfter';
import { verdictQuery } from './evidence';
import type { ReleaseChange } from './requestedChange';
import { runQuery, runsQuery, type Run, type Verdict } from '@/shared/data/evaluations';
import { count } from '@/shared/text/format';
import { boundSign, metricName, metricRange, metricValue, type Measure } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';

/** The figures of the proposed variant beside those of the variant that it replaces, measured over the same suite. */
export function BeforeAfter({ change }: { change: ReleaseChange }): ReactNode {
  return (
    <Loaded query={useQuery(verdictQuery(change.verdictId))} what="the verdict">
      {(verdict) =>
        verdict.runId == null ? (
          <p>The verdict rests on no evaluation run, so there are no figures to compare.</p>
        ) : (
          <Runs change={change} verdict={verdict} runId={verdict.runId} />
        )
      }
    </Loaded>
  );
}

function Runs({ change, verdict, runId }: { change: ReleaseChange; verdict: Verdict; runId: string }): ReactNode {
  const { application, previousVariantDigest } = change;
  const runs = useQuery(runsQuery(application));
  return (
    <Loaded query={useQuery(runQuery(runId))} what="the figures">
      {(after) =>
        previousVariantDigest === undefined ? (
          <FigureTable verdict={verdict} after={after} />
        ) : (
          <Loaded query={runs} what="the figures before">
            {({ items, total }) => (
              <FigureTable
                verdict={verdict}
                after={after}
                before={items.find(
                  ({ variantDigest, suiteDigest, state }) =>
                    variantDigest === previousVariantDigest &&
                    suiteDigest === after.suiteDigest &&
                    state === 'FINISHED',
                )}
                absence={absenceFrom(items.length, total.value)}
              />
            )}
          </Loaded>
        )
      }
    </Loaded>
  );
}

/** Says why there are no figures of the variant to replace, by how many of an application's runs were read. */
function absenceFrom(read: number, total: number): string {
  return total > read
    ? `No run of the variant to replace over this suite is among the newest ${count(read)} runs of the application.`
    : 'The variant to replace was not evaluated over this suite.';
}

interface FigureTableProps {
  verdict: Verdict;
  after: Run;
  before?: Run | undefined;
  /** The sentence that stands for the figures before, if there are none. */
  absence?: string;
}

function FigureTable({ verdict, after, before, absence }: FigureTableProps): ReactNode {
  return (
    <>
      <DataTable
        aria-label="Before and after"
        rows={figuresOf(verdict, before, after)}
        rowKey={({ metric }) => metric}
        columns={[
          { header: 'Metric', cell: ({ metric }) => metricName(metric) },
          { header: 'Needed', kind: 'number', cell: neededOf },
          before !== undefined && {
            header: 'Before',
            kind: 'number',
            cell: ({ metric, before }) => <Value metric={metric} measure={before} />,
          },
          {
            header: 'After',
            kind: 'number',
            cell: ({ metric, after }) => <Value metric={metric} measure={after} />,
          },
          before !== undefined && { header: 'Difference', cell: differenceOf },
        ]}
      />
      <p className="pl-subtle">
        {before === undefined && absence !== undefined && `${absence} `}
        Figures with 95% intervals, as measured by{' '}
        <Link to="/runs/$run" params={{ run: after.runId }}>
          the run of the verdict
        </Link>
        {before !== undefined && (
          <>
            {' and '}
            <Link to="/runs/$run" params={{ run: before.runId }}>
              the newest run of the variant to replace
            </Link>
            . A difference is clear if the intervals do not overlap
          </>
        )}
        .
      </p>
    </>
  );
}

function Value({ metric, measure }: { metric: string; measure: Measure | undefined }): ReactNode {
  if (measure === undefined) return '—';
  return (
    <>
      {metricValue(metric, measure.value)}
      {measure.low != null && <div className="pl-subtle">{metricRange(metric, measure)}</div>}
    </>
  );
}

function neededOf({ metric, needed }: Figure): string {
  return needed === undefined ? '—' : `${boundSign(needed.direction)} ${metricValue(metric, needed.threshold)}`;
}

function differenceOf({ metric, difference, meaning }: Figure): string {
  if (difference === undefined) return '—';
  if (difference === 0) return 'equal';
  const sign = difference < 0 ? '−' : '+';
  return `${sign}${metricValue(metric, Math.abs(difference))}${meaning === undefined ? '' : `, ${meaning}`}`;
}
