import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AbstentionChart } from './AbstentionChart';
import { abstentionQuery, type AbstentionCurve, type Run } from './runs';
import { Problem } from '@/shared/http/problem';
import { count } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';

type Point = AbstentionCurve['points'][number];

/** The results that abstaining below a threshold would have given. Empty for a run whose answers have no confidence. */
export function AbstentionPanel({ run }: { run: Run }): ReactNode {
  const query = useQuery(abstentionQuery(run.runId));
  if (query.isError && Problem.of(query.error).details.type.endsWith('/no-confidence')) return null;
  return (
    <Card>
      <CardTitle component="h2">Abstention</CardTitle>
      <CardBody>
        <Loaded query={query} what="the abstention curve">
          {(curve) => <Curve application={run.application} curve={curve} />}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Curve({ application, curve }: { application: string; curve: AbstentionCurve }): ReactNode {
  const { threshold } = useSearch({ from: '/runs/$run' });
  const navigate = useNavigate({ from: '/runs/$run' });
  const { points, scorer, inScopeScorer, outOfScopeScorer } = curve;
  const chosen = points.find((point) => String(point.threshold) === threshold);
  return (
    <div className="pl-stack">
      <p>
        A variant that abstains below a confidence threshold answers fewer items, and more of them correctly. Choose the
        threshold here, on validation rows. The test rows then judge your choice.
      </p>
      <AbstentionChart curve={curve} chosen={chosen} />
      <div className="pl-answer" tabIndex={0} role="region" aria-label="Points of the curve">
        <DataTable
          aria-label="Abstention by threshold"
          rows={points}
          rowKey={(point) => point.threshold}
          isSelected={(point) => point === chosen}
          columns={[
            {
              header: 'Threshold',
              cell: (point) => (
                <Button
                  variant="link"
                  isInline
                  aria-pressed={point === chosen}
                  aria-label={`Mark ${shown(point.threshold)} in the chart`}
                  onClick={() =>
                    void navigate({
                      search: (search) => ({
                        ...search,
                        threshold: point === chosen ? undefined : String(point.threshold),
                      }),
                      replace: true,
                      resetScroll: false,
                    })
                  }
                >
                  {shown(point.threshold)}
                </Button>
              ),
            },
            { header: 'Coverage', kind: 'number', cell: (point) => shown(point.coverage) },
            inScopeScorer != null && {
              header: metricName(inScopeScorer),
              kind: 'number',
              cell: (point) => shown(point.inScopeCoverage),
            },
            { header: 'Scored answers', kind: 'number', cell: (point) => count(point.answered) },
            {
              header: <>{metricName(scorer)} of the answers given</>,
              label: metricName(scorer),
              kind: 'number',
              cell: (point) => shown(point.score),
            },
            outOfScopeScorer != null && {
              header: metricName(outOfScopeScorer),
              kind: 'number',
              cell: (point) => shown(point.outOfScopeRecall),
            },
            { header: 'Actions', kind: 'action', cell: (point) => <Compose application={application} point={point} /> },
          ]}
        />
      </div>
    </div>
  );
}

/** Links to the form of a variant with the exact threshold. A rounded one would abstain on other items. */
function Compose({ application, point: { threshold } }: { application: string; point: Point }): ReactNode {
  return (
    <LinkButton
      variant="secondary"
      size="sm"
      to="/apps/$app"
      params={{ app: application }}
      search={{ tab: 'variants', do: 'variant', abstention: String(threshold) }}
      aria-label={`Compose a variant that abstains below ${shown(threshold)}`}
    >
      Compose a variant
    </LinkButton>
  );
}

function shown(value: number | null | undefined): string {
  return value == null ? '—' : metricValue('share', value);
}
