import { ExpandableSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { histogramQuery, type Histogram, type HistogramFilter } from './traces';
import { Chart, Key } from '@/shared/chart/Chart';
import { across, upwards } from '@/shared/chart/frame';
import { count } from '@/shared/text/format';
import { formatTime, useZone } from '@/shared/text/time';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';
import { Time } from '@/shared/ui/Time';

type Bucket = Histogram['buckets'][number];

/** The calls and errors over time that a filter matches, as a chart and as a table that narrows the time. */
export function TraceHistogram({ filter }: { filter: HistogramFilter }): ReactNode {
  const query = useQuery(histogramQuery(filter));
  if (query.data?.buckets.every(({ calls }) => calls === 0) === true) return null;
  return (
    <div className="pl-histogram">
      <Loaded query={query} what="the calls over time" rows={6}>
        {(histogram) => (
          <>
            <Bars histogram={histogram} />
            <ExpandableSection toggleText="Calls over time as a table">
              <BucketTable histogram={histogram} />
            </ExpandableSection>
          </>
        )}
      </Loaded>
    </div>
  );
}

function Bars({ histogram: { buckets, bucketSeconds } }: { histogram: Histogram }): ReactNode {
  const [zone] = useZone();
  const most = Math.max(...buckets.map(({ calls }) => calls));
  const y = upwards(0, most);
  const scale = across(0, buckets.length);
  const step = Math.ceil(buckets.length / 5);
  const x = { ...scale, ticks: buckets.map((_bucket, place) => place).filter((place) => place % step === 0) };
  const width = Math.max(1, scale.at(1) - scale.at(0) - 1);
  const bar = (value: number) => ({ y: y.at(value), height: y.at(0) - y.at(value), width });
  const total = (one: keyof Pick<Bucket, 'calls' | 'errors'>) => buckets.reduce((sum, bucket) => sum + bucket[one], 0);
  return (
    <Chart
      label={`${count(total('calls'))} calls and ${count(total('errors'))} errors over time`}
      x={x}
      y={{ ...y, ticks: y.ticks.filter(Number.isInteger) }}
      xName={`Arrival, by ${spanOf(bucketSeconds)}`}
      xValue={(place) => shortTime(formatTime(buckets[place]?.from ?? '', zone), bucketSeconds)}
      yValue={count}
      legend={
        <>
          <Key name="Calls">
            <rect width={28} height={12} className="pl-bar" />
          </Key>
          <Key name="Errors">
            <rect width={28} height={12} className="pl-bar-error" />
          </Key>
        </>
      }
    >
      {buckets.map(({ from, calls, errors }, place) => (
        <g key={from}>
          <title>{`${formatTime(from, zone)}: ${count(calls)} calls, ${count(errors)} errors`}</title>
          <rect x={scale.at(place)} {...bar(calls)} className="pl-bar" />
          <rect x={scale.at(place)} {...bar(errors)} className="pl-bar-error" />
        </g>
      ))}
    </Chart>
  );
}

function BucketTable({ histogram: { buckets, bucketSeconds } }: { histogram: Histogram }): ReactNode {
  return (
    <DataTable
      aria-label="Calls over time"
      rows={buckets.filter(({ calls }) => calls > 0)}
      rowKey={({ from }) => from}
      columns={[
        {
          header: 'From',
          cell: ({ from }) => (
            <Link
              from="/traces"
              search={(search) => ({
                ...search,
                page: undefined,
                from,
                to: new Date(Date.parse(from) + 1_000 * bucketSeconds).toISOString(),
              })}
            >
              <Time at={from} />
            </Link>
          ),
        },
        { header: 'Calls', kind: 'number', cell: ({ calls }) => count(calls) },
        { header: 'Errors', kind: 'number', cell: ({ errors }) => count(errors) },
      ]}
    />
  );
}

function spanOf(seconds: number): string {
  if (seconds < 3_600) return `${seconds / 60} minutes`;
  return seconds < 86_400 ? `${seconds / 3_600} hours` : 'days';
}

/** Returns the day for buckets of days, and otherwise the day of the month with hours and minutes. */
function shortTime(time: string, bucketSeconds: number): string {
  return bucketSeconds >= 86_400 ? time.slice(0, 10) : time.slice(5, 16);
}
