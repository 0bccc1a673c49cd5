import { Label, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { NextStep } from './NextStep';
import { applicationQuery } from '@/shared/data/applications';
import { Problem } from '@/shared/http/problem';
import { count, words } from '@/shared/text/format';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PageTabs, type PageTab } from '@/shared/ui/PageTabs';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface ApplicationPageProps {
  /** The tabs by their names in the address. The first one is shown when the address names none. */
  tabs: Record<string, PageTab>;
  form: ReactNode;
}

/** The page of an application: its next step, and tabs that other features fill. */
export function ApplicationPage({ tabs, form }: ApplicationPageProps): ReactNode {
  const { app } = useParams({ from: '/apps/$app' });
  const { tab } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const { data: application, error, refetch } = useQuery(applicationQuery(app));
  // The sections of an application that does not exist would only repeat its problem.
  const isUnknown = error !== null && Problem.of(error).status === 404;
  return (
    <>
      <PageHeader
        title={app}
        about={`${tabs[tab ?? '']?.title ?? Object.values(tabs)[0]?.title ?? ''} – Application`}
        trail={[
          <Link key="apps" to="/apps">
            Applications
          </Link>,
        ]}
        description={
          application &&
          [
            application.purpose,
            words(application.task),
            `${count(application.monthlyVolume)} calls per month`,
            `owned by ${application.owner}`,
          ].join(' · ')
        }
        labels={application && <Label isCompact>{words(application.criticality)} criticality</Label>}
      />
      {error && (
        <PageSection>
          <ProblemPanel error={error} onRetry={() => void refetch()} />
        </PageSection>
      )}
      {application && (
        <PageSection hasBodyWrapper={false} className="pl-next">
          <NextStep application={app} />
        </PageSection>
      )}
      {!isUnknown && (
        <PageTabs
          label="Sections of the application"
          tabs={tabs}
          open={tab}
          onOpen={(next) => void navigate({ search: ({ metric }) => ({ metric, tab: next }) })}
        />
      )}
      {application && form}
    </>
  );
}
