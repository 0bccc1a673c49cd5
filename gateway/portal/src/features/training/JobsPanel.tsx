import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { jobsQuery, type JobLine } from './jobs';
import { ApplicationCells, IdLink } from './cells';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Time } from '@/shared/ui/Time';

interface JobsPanelProps {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  start: ReactNode;
}

export function JobsPanel({ token, onToken, start }: JobsPanelProps): ReactNode {
  return (
    <PagedList
      query={useQuery(jobsQuery(token))}
      what="training jobs"
      token={token}
      onToken={onToken}
      empty={
        <Empty title="No training jobs yet" action={start}>
          A job tunes a base model on the training subset of an admitted dataset, once the fine-tuning phase of its
          application is open.
        </Empty>
      }
    >
      {(jobs) => <JobTable jobs={jobs} />}
    </PagedList>
  );
}

function JobTable({ jobs }: { jobs: JobLine[] }): ReactNode {
  return (
    <TableFrame aria-label="Training jobs">
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
        {jobs.map((job) => (
          <Tr key={job.jobId}>
            <Td dataLabel="Job">
              <IdLink job={job.jobId} />
            </Td>
            <ApplicationCells of={job} />
            <Td dataLabel="Dataset">
              <Link
                to="/datasets/$name/versions/$version"
                params={{ name: job.dataset, version: String(job.datasetVersion) }}
              >
                {job.dataset} v{job.datasetVersion}
              </Link>
            </Td>
            <Td dataLabel="Sweep">{job.sweepId == null ? '—' : <IdLink sweep={job.sweepId} />}</Td>
            <Td dataLabel="Requested">
              <Time at={job.createdAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}
