import { Label, LabelGroup, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { IncludedByPanel } from './IncludedByPanel';
import { LabelsPanel } from './LabelsPanel';
import { promptQuery } from './prompts';
import { VersionsPanel } from './VersionsPanel';
import { may, useSession } from '@/shared/session/session';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PageTabs } from '@/shared/ui/PageTabs';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

export function PromptPage(): ReactNode {
  const { name } = useParams({ from: '/prompts/$name' });
  const { tab } = useSearch({ from: '/prompts/$name' });
  const navigate = useNavigate({ from: '/prompts/$name' });
  const query = useQuery(promptQuery(name));
  const mayWrite = may(useSession(), 'prompt-engineer');
  const tags = query.data?.tags ?? [];
  return (
    <>
      <PageHeader
        title={name}
        about="Prompt"
        trail={[
          <Link key="prompts" to="/prompts">
            Prompts
          </Link>,
        ]}
        description={query.data?.description}
        labels={
          tags.length > 0 && (
            <LabelGroup aria-label="Tags">
              {tags.map((tag) => (
                <Label key={tag} isCompact>
                  {tag}
                </Label>
              ))}
            </LabelGroup>
          )
        }
        actions={
          mayWrite && (
            <LinkButton to="/prompts/$name/new-version" params={{ name }} variant="primary">
              New version
            </LinkButton>
          )
        }
      />
      {query.isError && (
        <PageSection>
          <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />
        </PageSection>
      )}
      <PageTabs
        label="Sections of the prompt"
        open={tab}
        onOpen={(next) => void navigate({ search: { tab: next } })}
        tabs={{
          versions: { title: 'Versions', content: <VersionsPanel name={name} /> },
          labels: { title: 'Labels', content: <LabelsPanel name={name} /> },
          'included-by': { title: 'Included by', content: <IncludedByPanel name={name} /> },
        }}
      />
    </>
  );
}
