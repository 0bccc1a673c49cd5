import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Release } from '@/shared/data/releases';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { releaseFeedbackQuery, type ReleaseFeedback } from '@/shared/feedback/feedback';
import { count, fixed } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';

/** The feedback on a release, by metric and arm. */
export function FeedbackPanel({ release }: { release: Release }): ReactNode {
  const { application, environment, releaseId, variantDigest } = release;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  return (
    <Card>
      <CardTitle component="h2">
        Feedback on {variantName(variants, variantDigest)} in {environment}
      </CardTitle>
      <CardBody>
        <Loaded query={useQuery(releaseFeedbackQuery(releaseId))} what="the feedback">
          {({ figures }) =>
            figures.length === 0 ? (
              <p>
                Nobody has judged an answer of this release. Applications send feedback to the address{' '}
                <code>/v1/feedback</code>.
              </p>
            ) : (
              <div className="pl-stack">
                <Figures figures={figures} />
                <p className="pl-subtle">
                  The 95% interval treats judgements as independent, so it is too narrow when one caller gave many.
                  Control is the previous release while this one was a canary.
                </p>
                <Link to="/feedback" search={{ application, releaseId }}>
                  All feedback on this release
                </Link>
              </div>
            )
          }
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Figures({ figures }: Pick<ReleaseFeedback, 'figures'>): ReactNode {
  return (
    <DataTable
      aria-label="Feedback by metric and arm"
      rows={figures}
      rowKey={(one) => `${one.metric} ${one.arm}`}
      columns={[
        { header: 'Metric', cell: (one) => <code>{one.metric}</code> },
        { header: 'Arm', cell: (one) => one.arm },
        {
          header: 'Judged correct',
          kind: 'number',
          cell: (one) => (
            <>
              {count(one.correct)} of {count(one.count)}
              <div className="pl-subtle">
                {percent(one.correctShare)} ({percent(one.correctLow)} to {percent(one.correctHigh)})
              </div>
            </>
          ),
        },
        {
          header: 'Mean score',
          kind: 'number',
          cell: (one) => (
            <>
              {one.meanScore == null ? '—' : fixed(one.meanScore, 3)}
              {one.scores > 0 && <div className="pl-subtle">of {count(one.scores)}</div>}
            </>
          ),
        },
        { header: 'Corrections', kind: 'number', cell: (one) => count(one.corrections) },
      ]}
    />
  );
}

function percent(share: number): string {
  return `${fixed(100 * share, 1)} %`;
}
