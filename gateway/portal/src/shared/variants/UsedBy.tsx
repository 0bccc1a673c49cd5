import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Variant } from '@/shared/data/variants';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { TableFrame } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { StateLabel } from '@/shared/ui/StateLabel';
import { usesOf, usingQuery, type Part } from '@/shared/variants/uses';

interface UsedByProps {
  /** The name of the part on its page. */
  what: string;
  part: Part;
  /** Further information about the part. */
  children?: ReactNode;
}

/** The variants that use a part, and the environments they serve. The address has the page token as `usedBy`. */
export function UsedBy({ what, part, children }: UsedByProps): ReactNode {
  const { usedBy: token } = useSearch({ strict: false });
  const navigate = useNavigate();
  return (
    <Card isCompact>
      <CardTitle component="h2">Used by</CardTitle>
      <CardBody className="pl-stack">
        {children}
        <PagedList
          query={useQuery(usingQuery(part, token))}
          what={`the variants that use ${what}`}
          token={token}
          onToken={(next) => void navigate({ to: '.', search: (search) => ({ ...search, usedBy: next }) })}
          empty={
            <Empty title="Not used yet">
              No variant of an application uses {what}, not even in its fallback. Prompt and ML engineers compose
              variants on the page of an <Link to="/apps">application</Link>.
            </Empty>
          }
        >
          {(items) => <UsingTable what={what} part={part} variants={items} />}
        </PagedList>
      </CardBody>
    </Card>
  );
}

interface UsingTableProps {
  what: string;
  part: Part;
  variants: Variant[];
}

function UsingTable({ what, part, variants }: UsingTableProps): ReactNode {
  return (
    <TableFrame aria-label={`Variants that use ${what}`}>
      <Thead>
        <Tr>
          <Th>Application</Th>
          <Th>Variant</Th>
          <Th>Uses it as</Th>
          <Th>Serves in</Th>
        </Tr>
      </Thead>
      <Tbody>
        {variants.map((variant) => {
          const { application, variantDigest, name, serving } = variant;
          return (
            <Tr key={variantDigest}>
              <Td dataLabel="Application">
                <ApplicationLink name={application} />
              </Td>
              <Td dataLabel="Variant">
                <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'variants' }}>
                  {name}
                </Link>{' '}
                <DigestText value={variantDigest} />
              </Td>
              <Td dataLabel="Uses it as">
                {usesOf(variant, part).map((use) => (
                  <div key={use}>{use}</div>
                ))}
              </Td>
              <Td dataLabel="Serves in">
                {serving.length === 0 && '—'}
                {serving.map(({ releaseId, environment, state }) => (
                  <div key={releaseId}>
                    <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'releases' }}>
                      {environment}
                    </Link>{' '}
                    <StateLabel state={state} />
                  </div>
                ))}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
