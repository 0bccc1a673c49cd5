import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ListedModelDialog } from './ListedModelDialog';
import { listedModelsQuery, type ListedModel } from './prices';
import type { Provider } from './providers';
import { count, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

interface Row {
  name: string;
  listed: ListedModel | undefined;
}

/** The provider's listed models, and those with prices in the catalogue. */
export function ModelsCard({ provider }: { provider: Provider }): ReactNode {
  const [changed, change] = useState<Row>();
  const list = (
    <RoleButton roles={['ml-engineer']} variant="secondary" onClick={() => change({ name: '', listed: undefined })}>
      List a model
    </RoleButton>
  );
  return (
    <Card isCompact>
      <CardTitle component="h2">Models and prices</CardTitle>
      <CardBody className="pl-stack">
        <p>
          A model without prices can be called, but the cost of its calls is unknown. A criterion on cost is then
          inconclusive.
        </p>
        <Loaded query={useQuery(listedModelsQuery(provider.name))} what="the prices">
          {(listed) => {
            const rows = rowsOf(provider, listed);
            return rows.length === 0 ? (
              <Empty title="No models listed" action={list}>
                Any model of the endpoint can be called by name. Listed models can have prices.
              </Empty>
            ) : (
              <>
                <div>{list}</div>
                <PriceTable rows={rows} onChange={change} />
              </>
            );
          }}
        </Loaded>
        {changed && (
          <ListedModelDialog
            provider={provider.name}
            name={changed.name}
            isListed={changed.listed !== undefined}
            onClose={() => change(undefined)}
          />
        )}
      </CardBody>
    </Card>
  );
}

function rowsOf({ name, models }: Provider, listed: ListedModel[]): Row[] {
  const names = new Set([...models.map((model) => `${name}/${model}`), ...listed.map((one) => one.name)]);
  return [...names].map((one) => ({ name: one, listed: listed.find((entry) => entry.name === one) }));
}

function PriceTable({ rows, onChange }: { rows: Row[]; onChange: (row: Row) => void }): ReactNode {
  return (
    <TableFrame aria-label="Models and prices">
      <Thead>
        <Tr>
          <Th>Model</Th>
          <Th>Kind</Th>
          <Th className="pl-number">Context</Th>
          <Th className="pl-number">1M input tokens</Th>
          <Th className="pl-number">1M cached</Th>
          <Th className="pl-number">1M output tokens</Th>
          <Th>Licence</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => {
          const { name, listed } = row;
          return (
            <Tr key={name}>
              <Td dataLabel="Model">{name}</Td>
              <Td dataLabel="Kind">{listed ? words(listed.kind) : '—'}</Td>
              <Td dataLabel="Context" className="pl-number">
                {listed ? count(listed.contextWindow) : '—'}
              </Td>
              <Td dataLabel="1M input tokens" className="pl-number">
                {listed ? money(listed.inputPerMillion) : '—'}
              </Td>
              <Td dataLabel="1M cached" className="pl-number">
                {listed?.cachedInputPerMillion == null ? '—' : money(listed.cachedInputPerMillion)}
              </Td>
              <Td dataLabel="1M output tokens" className="pl-number">
                {listed ? money(listed.outputPerMillion) : '—'}
              </Td>
              <Td dataLabel="Licence">{listed?.licence ?? '—'}</Td>
              <Td dataLabel="Actions" isActionCell>
                <RoleButton
                  roles={['ml-engineer']}
                  size="sm"
                  variant="secondary"
                  aria-label={`${listed ? 'Change' : 'Enter'} prices of ${name}`}
                  onClick={() => onChange(row)}
                >
                  {listed ? 'Change' : 'Enter'} prices
                </RoleButton>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
