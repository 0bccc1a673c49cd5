import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { JobsPanel } from './JobsPanel';
import { SweepsPanel } from './SweepsPanel';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PageTabs } from '@/shared/ui/PageTabs';

const start = (
  <LinkButton variant="primary" to="/training/new">
    Train a model
  </LinkButton>
);

export function TrainingJobsPage(): ReactNode {
  const { tab, page: token } = useSearch({ from: '/training' });
  const navigate = useNavigate({ from: '/training' });
  const list = { token, onToken: (page: string | undefined) => void navigate({ search: { tab, page } }), start };
  return (
    <>
      <PageHeader
        title="Training"
        description="They start after the earlier phases have missed the criteria, or with an approved waiver."
        actions={start}
      />
      <PageTabs
        label="Kinds of training"
        open={tab}
        onOpen={(next) => void navigate({ search: { tab: next } })}
        tabs={{
          jobs: { title: 'Jobs', content: <JobsPanel {...list} /> },
          sweeps: { title: 'Sweeps', content: <SweepsPanel {...list} /> },
        }}
      />
    </>
  );
}
