import { PageSection, Tab, TabContent, Tabs, TabTitleText } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { jobsQuery, type JobLine } from './jobs';
import { SweepsPanel } from './SweepsPanel';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

const start = (
  <LinkButton variant="primary" to="/training/new">
    Train a model
  </LinkButton>
);

export function TrainingJobsPage(): ReactNode {
  const { tab, page: token } = useSearch({ from: '/training' });
  const navigate = useNavigate({ from: '/training' });
  const open = tab === 'sweeps' ? 'sweeps' : 'jobs';
  const onToken = (next: string | undefined) => void navigate({ search: { tab, page: next } });
  return (
    <>
      <PageHeader
        title="Training"
        description="Fine-tuning jobs; they start only when the previous phase has a verdict or a waiver."
        actions={start}
      />
      <PageSection type="tabs">
        <Tabs
          activeKey={open}
          onSelect={(_event, key) => void navigate({ search: { tab: String(key) } })}
          aria-label="Kinds of training"
          usePageInsets
        >
          <Tab eventKey="jobs" title={<TabTitleText>Jobs</TabTitleText>} tabContentId="tab-jobs" />
          <Tab eventKey="sweeps" title={<TabTitleText>Sweeps</TabTitleText>} tabContentId="tab-sweeps" />
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        <TabContent id="tab-jobs" eventKey="jobs" activeKey={open} hidden={open !== 'jobs'} aria-label="Jobs">
          {open === 'jobs' && <JobsPanel token={token} onToken={onToken} />}
        </TabContent>
        <TabContent id="tab-sweeps" eventKey="sweeps" activeKey={open} hidden={open !== 'sweeps'} aria-label="Sweeps">
          {open === 'sweeps' && <SweepsPanel token={token} onToken={onToken} />}
        </TabContent>
      </PageSection>
    </>
  );
}

function JobsPanel({
  token,
  onToken,
}: {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
}): ReactNode {
  return (
    <Loaded query={useQuery(jobsQuery(token))} what="training jobs">
      {(page) =>
        page.items.length === 0 ? (
          <Empty title="No training jobs yet" action={start}>
            A job tunes a base model on the training subset of an admitted dataset, once the fine-tuning phase of its
            application is open.
          </Empty>
        ) : (
          <>
            <JobTable jobs={page.items} />
            <Pager page={page} token={token} onToken={onToken} />
          </>
        )
      }
    </Loaded>
  );
}

function JobTable({ jobs }: { jobs: JobLine[] }): ReactNode {
  return (
    <DataTable aria-label="Training jobs">
      <Thead>
        <Tr>
          <Th>Job</Th>
          <Th>State</Th>
          <Th>Application</Th>
          <Th>Base model</Th>
          <Th>Dataset</Th>
          <Th>Sweep</Th>
          <Th>Requested</Th>
        </Tr>
      </Thead>
      <Tbody>
        {jobs.map(({ id, state, application, baseModel, dataset, datasetVersion, sweepId, createdAt }) => (
          <Tr key={id}>
            <Td dataLabel="Job">
              <Link to="/training/$job" params={{ job: id }}>
                <code>{id.slice(-12)}</code>
              </Link>
            </Td>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="Application">
              <Link to="/apps/$app" params={{ app: application }}>
                {application}
              </Link>
            </Td>
            <Td dataLabel="Base model">{baseModel}</Td>
            <Td dataLabel="Dataset">
              <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(datasetVersion) }}>
                {dataset} v{datasetVersion}
              </Link>
            </Td>
            <Td dataLabel="Sweep">
              {sweepId == null ? (
                '—'
              ) : (
                <Link to="/sweeps/$sweep" params={{ sweep: sweepId }}>
                  <code>{sweepId.slice(-12)}</code>
                </Link>
              )}
            </Td>
            <Td dataLabel="Requested">
              <Time at={createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
