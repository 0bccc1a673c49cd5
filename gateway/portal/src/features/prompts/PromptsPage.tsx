import { Button, Label, LabelGroup, PageSection, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CreatePromptDialog } from './CreatePromptDialog';
import { promptsQuery, type PromptSummary } from './prompts';
import { may, useSession } from '@/shared/session/session';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { SearchField } from '@/shared/ui/SearchField';

export function PromptsPage(): ReactNode {
  const { q, tag, page: token, do: doing } = useSearch({ from: '/prompts' });
  const navigate = useNavigate({ from: '/prompts' });
  const mayCreate = may(useSession(), 'prompt-engineer');
  const newPrompt = mayCreate && (
    <Button variant="primary" onClick={() => void navigate({ search: (search) => ({ ...search, do: 'new' }) })}>
      New prompt
    </Button>
  );
  return (
    <>
      <PageHeader title="Prompts" description="Versions never change; labels point at them." actions={newPrompt} />
      <PageSection isFilled>
        <Toolbar clearAllFilters={() => void navigate({ search: {} })} clearFiltersButtonText="Clear all filters">
          <ToolbarContent>
            <ToolbarItem>
              <SearchField
                label="Search prompts"
                value={q ?? ''}
                onSearch={(text) => void navigate({ search: { q: text || undefined, tag } })}
              />
            </ToolbarItem>
            {tag !== undefined && (
              <ToolbarItem>
                <Label
                  color="blue"
                  onClose={() => void navigate({ search: { q } })}
                  closeBtnAriaLabel={`Remove filter tag ${tag}`}
                >
                  Tag: {tag}
                </Label>
              </ToolbarItem>
            )}
          </ToolbarContent>
        </Toolbar>
        <PagedList
          query={useQuery(promptsQuery({ q, tag, pageToken: token }))}
          what="prompts"
          token={token}
          onToken={(next) => void navigate({ search: { q, tag, page: next } })}
          empty={
            q !== undefined || tag !== undefined ? (
              <NoResults onClear={() => void navigate({ search: {} })} />
            ) : (
              <Empty title="No prompts yet" action={newPrompt}>
                A prompt has versions with messages, typed variables, examples and model parameters. Labels select the
                version in use.
              </Empty>
            )
          }
        >
          {(items) => <PromptTable prompts={items} onTag={(next) => void navigate({ search: { q, tag: next } })} />}
        </PagedList>
        {doing === 'new' && mayCreate && (
          <CreatePromptDialog onClose={() => void navigate({ search: { q, tag, page: token } })} />
        )}
      </PageSection>
    </>
  );
}

function PromptTable({ prompts, onTag }: { prompts: PromptSummary[]; onTag: (tag: string) => void }): ReactNode {
  return (
    <DataTable
      aria-label="Prompts"
      rows={prompts}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Prompt',
          cell: ({ name }) => (
            <Link to="/prompts/$name" params={{ name }}>
              {name}
            </Link>
          ),
        },
        { header: 'Description', kind: 'anywhere', cell: ({ description }) => description },
        {
          header: 'Tags',
          cell: ({ name, tags }) =>
            tags.length > 0 && (
              <LabelGroup aria-label={`Tags of ${name}`}>
                {tags.map((tag) => (
                  <Label key={tag} isCompact onClick={() => onTag(tag)}>
                    {tag}
                  </Label>
                ))}
              </LabelGroup>
            ),
        },
        {
          header: 'Latest',
          kind: 'number',
          cell: ({ latestVersion }) => (latestVersion === 0 ? '—' : `v${latestVersion}`),
        },
        {
          header: 'Labels',
          cell: ({ labels }) =>
            Object.entries(labels)
              .filter(([label]) => label !== 'latest')
              .map(([label, version]) => (
                <div key={label}>
                  {label} → v{version}
                </div>
              )),
        },
      ]}
    />
  );
}
