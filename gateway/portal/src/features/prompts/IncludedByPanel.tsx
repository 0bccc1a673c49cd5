import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LabelTags } from './LabelsPanel';
import { includedByQuery, type IncludingVersion } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

/** The versions that include a prompt. A new version of the prompt does not change them. */
export function IncludedByPanel({ name }: { name: string }): ReactNode {
  const { page: token } = useSearch({ from: '/prompts/$name' });
  const navigate = useNavigate({ from: '/prompts/$name' });
  return (
    <PagedList
      query={useQuery(includedByQuery(name, token))}
      what="the versions that include it"
      token={token}
      onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
      empty={
        <Empty title="Not included yet">
          No version of another prompt includes this one. To include it, add it under Partials in the editor of the
          other prompt.
        </Empty>
      }
    >
      {(items) => <IncludedByTable name={name} including={items} />}
    </PagedList>
  );
}

interface IncludedByTableProps {
  name: string;
  including: IncludingVersion[];
}

function IncludedByTable({ name, including }: IncludedByTableProps): ReactNode {
  return (
    <DataTable
      aria-label={`Versions that include ${name}`}
      rows={including}
      rowKey={({ prompt, version, includes }) => `${prompt}@${version}/${includes}`}
      columns={[
        {
          header: 'Version',
          cell: ({ prompt, version }) => (
            <Link to="/prompts/$name/versions/$version" params={{ name: prompt, version: String(version) }}>
              {prompt} v{version}
            </Link>
          ),
        },
        {
          header: 'Includes',
          cell: ({ includes, direct }) => (
            <>
              v{includes}
              {!direct && ' by its partials'}
            </>
          ),
        },
        { header: 'Labels', cell: ({ labels }) => <LabelTags labels={labels} /> },
        { header: 'Digest', cell: ({ digest }) => <DigestText value={digest} /> },
      ]}
    />
  );
}
