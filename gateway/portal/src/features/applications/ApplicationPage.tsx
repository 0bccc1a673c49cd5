import { Label, PageSection, Tab, TabContent, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { overviewQuery, type Overview } from './applications';
import { CriteriaPanel } from './CriteriaPanel';
import { PhasesPanel } from './PhasesPanel';
import { RecommendationPanel } from './RecommendationPanel';
import { ReleasesPanel } from './ReleasesPanel';
import { VariantsPanel } from './VariantsPanel';
import { WaiversPanel } from './WaiversPanel';
import { count, words } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

const tabs = { phases: 'Phases and criteria', variants: 'Variants', releases: 'Releases', waivers: 'Waivers' } as const;
type TabName = keyof typeof tabs;

export function ApplicationPage(): ReactNode {
  const { app } = useParams({ from: '/apps/$app' });
  const { tab = 'phases' } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const query = useQuery(overviewQuery(app));
  const application = query.data?.application;
  const open = tab in tabs ? (tab as TabName) : 'phases';
  return (
    <>
      <PageHeader
        title={app}
        trail={[<Link key="apps" to="/apps">Applications</Link>]}
        description={
          application && `${application.purpose} · ${words(application.task)} · ${count(application.monthlyVolume)} calls a month · owned by ${application.owner}`
        }
        labels={application && <Label isCompact>{words(application.criticality)} criticality</Label>}
      />
      <PageSection type="tabs">
        <Tabs
          activeKey={open}
          onSelect={(_event, key) => void navigate({ search: (search) => ({ ...search, tab: String(key) }) })}
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
          <TabContent key={key} id={`tab-${key}`} eventKey={key} activeKey={open} hidden={key !== open} aria-label={tabs[key]}>
            {key === open && key === 'releases' && <ReleasesPanel application={app} variants={query.data?.variants ?? []} />}
            {key === open && key !== 'releases' && (
              <Loaded query={query} what={tabs[key].toLowerCase()} rows={6}>
                {(overview) => <TabOf name={key} overview={overview} />}
              </Loaded>
            )}
          </TabContent>
        ))}
      </PageSection>
    </>
  );
}

function TabOf({ name, overview }: { name: Exclude<TabName, 'releases'>; overview: Overview }): ReactNode {
  switch (name) {
    case 'phases':
      return (
        <div className="pl-stack">
          <RecommendationPanel recommendation={overview.recommendation} variants={overview.variants} />
          <PhasesPanel phases={overview.phases} />
          <CriteriaPanel criteria={overview.criteria} />
        </div>
      );
    case 'variants':
      return <VariantsPanel variants={overview.variants} criteria={overview.criteria} />;
    case 'waivers':
      return <WaiversPanel waivers={overview.waivers} />;
  }
}
