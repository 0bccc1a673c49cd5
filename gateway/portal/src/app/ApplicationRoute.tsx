import { useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { ApplicationPage } from '@/features/applications/ApplicationPage';
import { AssessmentPanel } from '@/features/applications/AssessmentPanel';
import { PhasesPanel } from '@/features/applications/PhasesPanel';
import { RecommendationPanel } from '@/features/applications/RecommendationPanel';
import { CriteriaPanel } from '@/features/criteria/CriteriaPanel';
import { ProposalsPanel } from '@/features/criteria/ProposalsPanel';
import { VariantsPanel } from '@/features/variants/VariantsPanel';
import { WaiversPanel } from '@/features/waivers/WaiversPanel';
import { Placeholder } from '@/shared/ui/Loaded';

/** The panels, loaded when their tabs are opened. */
const CostsPanel = lazy(async () => ({ default: (await import('@/features/costs/CostsPanel')).CostsPanel }));
const EvaluationsPanel = lazy(async () => ({
  default: (await import('@/features/evaluations/EvaluationsPanel')).EvaluationsPanel,
}));
const ReleasesPanel = lazy(async () => ({
  default: (await import('@/features/releases/ReleasesPanel')).ReleasesPanel,
}));

/** The dialogs, loaded when the first one is opened. The page itself works without them. */
const ApplicationForms = lazy(async () => {
  const { ApplicationForms: forms } = await import('@/app/ApplicationForms');
  return { default: forms };
});

/** The page of an application, composed of the panels of the features. */
export function ApplicationRoute(): ReactNode {
  const { app } = useParams({ from: '/apps/$app' });
  const { do: form } = useSearch({ from: '/apps/$app' });
  return (
    <ApplicationPage
      tabs={{
        phases: {
          title: 'Phases and criteria',
          content: (
            <div className="pl-stack">
              <RecommendationPanel application={app} />
              <PhasesPanel application={app} />
              <CriteriaPanel application={app} />
              <ProposalsPanel application={app} />
              <AssessmentPanel application={app} />
            </div>
          ),
        },
        variants: { title: 'Variants', content: <VariantsPanel application={app} /> },
        evaluations: {
          title: 'Evaluations',
          content: (
            <Suspense fallback={<Placeholder what="evaluations" />}>
              <EvaluationsPanel application={app} />
            </Suspense>
          ),
        },
        releases: {
          title: 'Releases',
          content: (
            <Suspense fallback={<Placeholder what="releases" />}>
              <ReleasesPanel application={app} />
            </Suspense>
          ),
        },
        costs: {
          title: 'Costs',
          content: (
            <Suspense fallback={<Placeholder what="costs" />}>
              <CostsPanel application={app} />
            </Suspense>
          ),
        },
        waivers: { title: 'Waivers', content: <WaiversPanel application={app} /> },
      }}
      form={
        form !== undefined && (
          <Suspense fallback={null}>
            <ApplicationForms application={app} />
          </Suspense>
        )
      }
    />
  );
}
