import { Button, ExpandableSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
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

/** The longest period that the service counts, in days. */
const MAX_DAYS = 31;

interface Period {
  from: string;
  to: string;
}

interface TraceHistogramProps {
  filter: HistogramFilter;
  onPeriod: (period: Period) => void;
}

/** The calls and errors over time that a filter matches, as a chart and as a table that narrows the time. */
export function TraceHistogram(props: TraceHistogramProps): ReactNode {
  return daysOf(props.filter) > MAX_DAYS ? (
    <p>Calls over time are shown for a period of at most {MAX_DAYS} days.</p>
  ) : (
    <LoadedHistogram {...props} />
  );
}

/** Returns the length of a filter's period. Without its start, the service takes seven days. */
function daysOf({ from, to }: HistogramFilter): number {
  if (from === undefined) return 7;
  const end = to === undefined ? Date.now() : Date.parse(to);
  return (end - Date.parse(from)) / 86_400_000;
}

function LoadedHistogram({ filter, onPeriod }: TraceHistogramProps): ReactNode {
  const query = useQuery(histogramQuery(filter));
  if (query.data?.buckets.every(({ calls }) => calls === 0) === true) return null;
  return (
    <div className="pl-histogram">
      <Loaded query={query} what="the calls over time" rows={6}>
        {(histogram) => (
          <>
            <Bars histogram={histogram} />
            <ExpandableSection toggleText="Calls over time as a table">
              <BucketTable histogram={histogram} onPeriod={onPeriod} />
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
            <rect width={28} height={12} className="pl-chart-bar" />
          </Key>
          <Key name="Errors">
            <rect width={28} height={12} className="pl-chart-bar-error" />
          </Key>
        </>
      }
    >
      {buckets.map(({ from, calls, errors }, place) => (
        <g key={from}>
          <title>{`${formatTime(from, zone)}: ${count(calls)} calls, ${count(errors)} errors`}</title>
          <rect x={scale.at(place)} {...bar(calls)} className="pl-chart-bar" />
          <rect x={scale.at(place)} {...bar(errors)} className="pl-chart-bar-error" />
        </g>
      ))}
    </Chart>
  );
}

function BucketTable({ histogram, onPeriod }: { histogram: Histogram; onPeriod: (period: Period) => void }): ReactNode {
  return (
    <DataTable
      aria-label="Calls over time"
      rows={histogram.buckets.filter(({ calls }) => calls > 0)}
      rowKey={({ from }) => from}
      columns={[
        {
          header: 'From',
          cell: (bucket) => (
            <Button variant="link" isInline onClick={() => onPeriod(periodOf(bucket, histogram))}>
              <Time at={bucket.from} />
            </Button>
          ),
        },
        { header: 'Calls', kind: 'number', cell: ({ calls }) => count(calls) },
        { header: 'Errors', kind: 'number', cell: ({ errors }) => count(errors) },
      ]}
    />
  );
}

/** Returns the period of a bucket. The first and the last bucket may exceed the period of the histogram. */
function periodOf(bucket: Bucket, { from, to, bucketSeconds }: Histogram): Period {
  const start = Date.parse(bucket.from);
  return {
    from: new Date(Math.max(start, Date.parse(from))).toISOString(),
    to: new Date(Math.min(start + 1_000 * bucketSeconds, Date.parse(to))).toISOString(),
  };
}

function spanOf(seconds: number): string {
  if (seconds < 3_600) return unitsOf(seconds / 60, 'minute');
  return seconds < 86_400 ? unitsOf(seconds / 3_600, 'hour') : unitsOf(seconds / 86_400, 'day');
}

const unitsOf = (units: number, unit: string) => (units === 1 ? unit : `${units} ${unit}s`);

/** Returns the day for buckets of days, and otherwise the day of the month with hours and minutes. */
function shortTime(time: string, bucketSeconds: number): string {
  return bucketSeconds >= 86_400 ? time.slice(0, 10) : time.slice(5, 16);
}
