import { Label, LabelGroup, PageSection, Tab, TabContent, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LabelsPanel } from './LabelsPanel';
import { promptQuery } from './prompts';
import { VersionsPanel } from './VersionsPanel';
import { may, useSession } from '@/shared/session/session';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PageHeader } from '@/shared/ui/PageHeader';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

export function PromptPage(): ReactNode {
  const { name } = useParams({ from: '/prompts/$name' });
  const { tab } = useSearch({ from: '/prompts/$name' });
  const navigate = useNavigate({ from: '/prompts/$name' });
  const query = useQuery(promptQuery(name));
  const mayWrite = may(useSession(), 'prompt-engineer');
  const open = tab === 'labels' ? 'labels' : 'versions';
  const tags = query.data?.tags ?? [];
  return (
    <>
      <PageHeader
        title={name}
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
          <ProblemPanel error={query.error} headingLevel="h2" onRetry={() => void query.refetch()} />
        </PageSection>
      )}
      <PageSection type="tabs">
        <Tabs
          activeKey={open}
          onSelect={(_event, key) => void navigate({ search: { tab: String(key) } })}
          aria-label="Sections of the prompt"
          usePageInsets
        >
          <Tab eventKey="versions" title={<TabTitleText>Versions</TabTitleText>} tabContentId="tab-versions" />
          <Tab eventKey="labels" title={<TabTitleText>Labels</TabTitleText>} tabContentId="tab-labels" />
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        <TabContent
          id="tab-versions"
          eventKey="versions"
          activeKey={open}
          hidden={open !== 'versions'}
          aria-label="Versions"
        >
          {open === 'versions' && <VersionsPanel name={name} />}
        </TabContent>
        <TabContent id="tab-labels" eventKey="labels" activeKey={open} hidden={open !== 'labels'} aria-label="Labels">
          {open === 'labels' && <LabelsPanel name={name} />}
        </TabContent>
      </PageSection>
    </>
  );
}
