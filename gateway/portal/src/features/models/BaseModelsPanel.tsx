import { Label } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { baseModelsQuery } from './models';
import { count, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { PagedList } from '@/shared/ui/PagedList';

/** The catalogue of base models, with the prices in force and the models that can be tuned. */
export function BaseModelsPanel({
  token,
  onToken,
}: {
  token: string | undefined;
  onToken: (token: string | undefined) => void;
}): ReactNode {
  return (
    <PagedList
      query={useQuery(baseModelsQuery(token))}
      what="base models"
      token={token}
      onToken={onToken}
      empty={
        <Empty
          title="The catalogue is empty"
          action={
            <LinkButton variant="link" to="/settings/providers">
              Providers
            </LinkButton>
          }
        >
          The models of this installation are listed when it starts; a provider&rsquo;s are listed once it is connected.
        </Empty>
      }
    >
      {(items) => (
        <TableFrame aria-label="Base models">
          <Thead>
            <Tr>
              <Th>Model</Th>
              <Th>Kind</Th>
              <Th width={40}>Description</Th>
              <Th className="pl-number">Context</Th>
              <Th className="pl-number">1M input tokens</Th>
              <Th className="pl-number">1M cached</Th>
              <Th className="pl-number">1M output tokens</Th>
              <Th>Licence</Th>
            </Tr>
          </Thead>
          <Tbody>
            {items.map(
              ({
                name,
                kind,
                description,
                contextWindow,
                inputPerMillion,
                cachedInputPerMillion,
                outputPerMillion,
                licence,
                tunable,
                deprecatedOn,
              }) => (
                <Tr key={name}>
                  <Td dataLabel="Model" modifier="nowrap">
                    {name}
                  </Td>
                  <Td dataLabel="Kind">
                    {words(kind)} {tunable && <Label isCompact>tunable</Label>}{' '}
                    {deprecatedOn != null && (
                      <Label isCompact status="warning">
                        deprecated {deprecatedOn}
                      </Label>
                    )}
                  </Td>
                  <Td dataLabel="Description">{description}</Td>
                  <Td dataLabel="Context" className="pl-number">
                    {count(contextWindow)}
                  </Td>
                  <Td dataLabel="1M input tokens" className="pl-number">
                    {inputPerMillion == null ? '—' : money(inputPerMillion)}
                  </Td>
                  <Td dataLabel="1M cached" className="pl-number">
                    {cachedInputPerMillion == null ? '—' : money(cachedInputPerMillion)}
                  </Td>
                  <Td dataLabel="1M output tokens" className="pl-number">
                    {outputPerMillion == null ? '—' : money(outputPerMillion)}
                  </Td>
                  <Td dataLabel="Licence">{licence}</Td>
                </Tr>
              ),
            )}
          </Tbody>
        </TableFrame>
      )}
    </PagedList>
  );
}
