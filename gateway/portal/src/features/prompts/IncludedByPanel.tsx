import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { LabelTags } from './LabelsPanel';
import { includedByQuery, type IncludingVersion } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

/** Who includes a prompt, which a new version of it does not change. */
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
        <Empty title="Included by none">
          No version of another prompt includes this one. The editor of a version includes it under Partials.
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
    <DataTable aria-label={`Versions that include ${name}`}>
      <Thead>
        <Tr>
          <Th>Version</Th>
          <Th>Includes</Th>
          <Th>Labels</Th>
          <Th>Digest</Th>
        </Tr>
      </Thead>
      <Tbody>
        {including.map(({ prompt, version, includes, direct, labels, digest }) => (
          <Tr key={`${prompt}@${version}/${includes}`}>
            <Td dataLabel="Version">
              <Link to="/prompts/$name/versions/$version" params={{ name: prompt, version: String(version) }}>
                {prompt} v{version}
              </Link>
            </Td>
            <Td dataLabel="Includes">
              v{includes}
              {!direct && ' by its partials'}
            </Td>
            <Td dataLabel="Labels">
              <LabelTags labels={labels} />
            </Td>
            <Td dataLabel="Digest">
              <DigestText value={digest} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
