import { Label, PageSection, Tab, TabContent, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { applicationQuery } from './applications';
import { AssessmentPanel } from './AssessmentPanel';
import { CostsPanel } from './CostsPanel';
import { CriteriaPanel } from './CriteriaPanel';
import { MeasurementsPanel } from './MeasurementsPanel';
import { NextStep } from './NextStep';
import { OpenForm } from './OpenForm';
import { PhasesPanel } from './PhasesPanel';
import { RecommendationPanel } from './RecommendationPanel';
import { ReleasesPanel } from './ReleasesPanel';
import { VariantsPanel } from './VariantsPanel';
import { WaiversPanel } from './WaiversPanel';
import { count, words } from '@/shared/text/format';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

const tabs = {
  phases: 'Phases and criteria',
  variants: 'Variants',
  measurements: 'Measurements',
  releases: 'Releases',
  costs: 'Costs',
  waivers: 'Waivers',
} as const;
type TabName = keyof typeof tabs;

export function ApplicationPage(): ReactNode {
  const { app } = useParams({ from: '/apps/$app' });
  const { tab = 'phases' } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const { data: application, error, refetch } = useQuery(applicationQuery(app));
  const open = tab in tabs ? (tab as TabName) : 'phases';
  return (
    <>
      <PageHeader
        title={app}
        trail={[
          <Link key="apps" to="/apps">
            Applications
          </Link>,
        ]}
        description={
          application &&
          `${application.purpose} · ${words(application.task)} · ${count(application.monthlyVolume)} calls a month · owned by ${application.owner}`
        }
        labels={application && <Label isCompact>{words(application.criticality)} criticality</Label>}
      />
      {error && (
        <PageSection>
          <ProblemPanel error={error} headingLevel="h2" onRetry={() => void refetch()} />
        </PageSection>
      )}
      {application && (
        <PageSection hasBodyWrapper={false} className="pl-next">
          <NextStep application={app} />
        </PageSection>
      )}
      <PageSection type="tabs">
        <Tabs
          activeKey={open}
          onSelect={(_event, key) => void navigate({ search: ({ metric }) => ({ metric, tab: String(key) }) })}
          aria-label="Parts of the application"
          usePageInsets
        >
          {Object.entries(tabs).map(([key, title]) => (
            <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} tabContentId={`tab-${key}`} />
          ))}
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        {(Object.keys(tabs) as TabName[]).map((key) => (
          <TabContent
            key={key}
            id={`tab-${key}`}
            eventKey={key}
            activeKey={open}
            hidden={key !== open}
            aria-label={tabs[key]}
          >
            {key === open && <TabOf name={key} application={app} />}
          </TabContent>
        ))}
      </PageSection>
      {application && <OpenForm application={app} />}
    </>
  );
}

function TabOf({ name, application }: { name: TabName; application: string }): ReactNode {
  switch (name) {
    case 'phases':
      return (
        <div className="pl-stack">
          <RecommendationPanel application={application} />
          <PhasesPanel application={application} />
          <CriteriaPanel application={application} />
          <AssessmentPanel application={application} />
        </div>
      );
    case 'variants':
      return <VariantsPanel application={application} />;
    case 'measurements':
      return <MeasurementsPanel application={application} />;
    case 'releases':
      return <ReleasesPanel application={application} />;
    case 'costs':
      return <CostsPanel application={application} />;
    case 'waivers':
      return <WaiversPanel application={application} />;
  }
}
