import { PageSection } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { jobsQuery, type JobLine } from './jobs';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function TrainingJobsPage(): ReactNode {
  const { page: token } = useSearch({ from: '/training' });
  const navigate = useNavigate({ from: '/training' });
  return (
    <>
      <PageHeader title="Training" description="Fine-tuning jobs; they begin only where the phase before has its verdict or a waiver." />
      <PageSection isFilled>
        <Loaded query={useQuery(jobsQuery(token))} what="training jobs">
          {(page) =>
            page.items.length === 0 ? (
              <Empty title="No training jobs yet">
                A job is started with <code>POST /api/training-jobs</code> once the fine-tuning phase of its application is open.
              </Empty>
            ) : (
              <>
                <JobTable jobs={page.items} />
                <Pager page={page} token={token} noun="jobs" onToken={(next) => void navigate({ search: { page: next } })} />
              </>
            )
          }
        </Loaded>
      </PageSection>
    </>
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
          <Th>Asked</Th>
        </Tr>
      </Thead>
      <Tbody>
        {jobs.map(({ id, state, application, baseModel, dataset, datasetVersion, createdAt }) => (
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
              {dataset} v{datasetVersion}
            </Td>
            <Td dataLabel="Asked">
              <Time at={createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
