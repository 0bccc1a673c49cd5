import { Card, CardBody, CardTitle, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { scoresQuery, type Distribution, type Run } from './runs';
import { count } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';

/** The distribution of scores. A mean hides whether all answers are middling or half of them are wrong. */
export function ScoresPanel({ run: { runId } }: { run: Run }): ReactNode {
  const query = useQuery(scoresQuery(runId));
  if (query.data?.distributions.length === 0) return null;
  return (
    <Card>
      <CardTitle component="h2">Scores</CardTitle>
      <CardBody>
        <Loaded query={query} what="the scores">
          {({ distributions }) => <Distributions distributions={distributions} />}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Distributions({ distributions }: { distributions: Distribution[] }): ReactNode {
  const { scores } = useSearch({ from: '/runs/$run' });
  const navigate = useNavigate({ from: '/runs/$run' });
  const shown = distributions.find(({ scorer }) => scorer === scores) ?? distributions[0];
  return (
    <>
      {distributions.length > 1 && (
        <ToggleGroup aria-label="Scores of" className="pl-metrics">
          {distributions.map(({ scorer }) => (
            <ToggleGroupItem
              key={scorer}
              text={metricName(scorer)}
              isSelected={scorer === shown?.scorer}
              onChange={() =>
                void navigate({
                  search: (search) => ({ ...search, scores: scorer }),
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          ))}
        </ToggleGroup>
      )}
      {shown && <Histogram distribution={shown} />}
    </>
  );
}

/** A horizontal histogram, so that each bar stands beside its figures. */
function Histogram({ distribution: { scorer, ranges, notApplicable } }: { distribution: Distribution }): ReactNode {
  const all = ranges.reduce((sum, { items }) => sum + items, 0);
  const most = Math.max(1, ...ranges.map(({ items }) => items));
  return (
    <>
      <DataTable
        aria-label={`Scores by ${metricName(scorer)}`}
        rows={ranges}
        rowKey={({ from, to }) => `${from} ${to}`}
        columns={[
          {
            header: 'Score',
            kind: 'number',
            cell: ({ from, to }) => (from === to ? bound(from) : `${bound(from)} to ${bound(to)}`),
          },
          { header: 'Items', kind: 'number', cell: ({ items }) => count(items) },
          {
            header: 'Share',
            kind: 'number',
            cell: ({ items }) => (all === 0 ? '—' : metricValue('share', items / all)),
          },
          {
            header: 'Distribution',
            cell: ({ items }) => (
              <div className="pl-bar" aria-hidden="true" style={{ inlineSize: `${(100 * items) / most}%` }} />
            ),
          },
        ]}
      />
      <p className="pl-subtle">
        {count(all)} answers have this score. Each range excludes its upper end.
        {notApplicable > 0 && ` The score does not apply to ${count(notApplicable)} items.`}
      </p>
    </>
  );
}

function bound(value: number): string {
  return value === 0 || value === 1 ? String(value) : value.toFixed(1).slice(1);
}
