import { Button, Checkbox, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { LabelTags } from './LabelsPanel';
import { labelsQuery, versionsQuery, type VersionSummary } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

export function VersionsPanel({ name }: { name: string }): ReactNode {
  const { page: token } = useSearch({ from: '/prompts/$name' });
  const navigate = useNavigate({ from: '/prompts/$name' });
  return (
    <PagedList
      query={useQuery(versionsQuery(name, token))}
      what="versions"
      token={token}
      onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
      empty={
        <Empty title="No versions yet">
          A prompt engineer publishes the first one with New version. Callers can use the prompt only then.
        </Empty>
      }
    >
      {(items) => <VersionTable name={name} versions={items} />}
    </PagedList>
  );
}

function VersionTable({ name, versions }: { name: string; versions: VersionSummary[] }): ReactNode {
  const labels = useQuery(labelsQuery(name)).data?.items ?? [];
  const [chosen, choose] = useState<number[]>([]);
  const [from, to] = [...chosen].sort((a, b) => a - b);
  const navigate = useNavigate();
  return (
    <>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <Button
              variant="secondary"
              isDisabled={from === undefined || to === undefined}
              onClick={() =>
                void navigate({
                  to: '/prompts/$name/compare',
                  params: { name },
                  search: { from: String(from), to: String(to) },
                })
              }
            >
              Compare the chosen versions
            </Button>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <DataTable
        aria-label="Versions"
        rows={versions}
        rowKey={({ version }) => version}
        columns={[
          {
            header: 'Choose to compare',
            kind: 'action',
            cell: ({ version }) => (
              <Checkbox
                id={`choose-${version}`}
                aria-label={`Choose version ${version}`}
                isChecked={chosen.includes(version)}
                // A third choice replaces the older of the two.
                onChange={(_event, checked) =>
                  choose(checked ? [...chosen.slice(-1), version] : chosen.filter((one) => one !== version))
                }
              />
            ),
          },
          {
            header: 'Version',
            cell: ({ version }) => (
              <Link to="/prompts/$name/versions/$version" params={{ name, version: String(version) }}>
                v{version}
              </Link>
            ),
          },
          { header: 'Message', kind: 'anywhere', cell: ({ message }) => message },
          {
            header: 'Labels',
            cell: ({ version }) => (
              <LabelTags labels={labels.filter((label) => label.version === version).map(({ label }) => label)} />
            ),
          },
          { header: 'Author', cell: ({ author }) => <Person actor={author} /> },
          { header: 'Published', cell: ({ createdAt }) => <Time at={createdAt} /> },
          { header: 'Digest', cell: ({ digest }) => <DigestText value={digest} /> },
        ]}
      />
    </>
  );
}
