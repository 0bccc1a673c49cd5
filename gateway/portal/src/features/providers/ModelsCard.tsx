import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ListedModelDialog } from './ListedModelDialog';
import {
  listedModelsQuery,
  requestedPricesQuery,
  withdrawPrices,
  type ListedModel,
  type PriceProposal,
} from './prices';
import type { Provider } from './providers';
import { openTuningStatementsQuery, type TuningStatement } from '@/shared/models/tuningStatements';
import { isMe, useSession } from '@/shared/session/session';
import { count, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { TableFrame } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

interface Row {
  name: string;
  listed: ListedModel | undefined;
}

/** The provider's listed models, and those with prices in the catalogue. */
export function ModelsCard({ provider }: { provider: Provider }): ReactNode {
  const [changed, change] = useState<Row>();
  const requested = useQuery(requestedPricesQuery).data ?? [];
  const stated = useQuery(openTuningStatementsQuery).data ?? [];
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
          inconclusive. Prices apply once another person has approved them.
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
                <PriceTable rows={rows} requested={requested} stated={stated} onChange={change} />
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

interface PriceTableProps {
  rows: Row[];
  requested: PriceProposal[];
  stated: TuningStatement[];
  onChange: (row: Row) => void;
}

/** Prices that wait for approval. Their requester can withdraw them. */
function RequestedPrices({ proposal }: { proposal: PriceProposal }): ReactNode {
  const { proposalId, model, inputPerMillion, outputPerMillion, requester } = proposal;
  const isMine = isMe(useSession(), requester);
  const queries = useQueryClient();
  const withdrawing = useMutation({
    mutationFn: () => withdrawPrices(proposalId),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['base-models'] }),
  });
  return (
    <div className="pl-subtle">
      {money(inputPerMillion)} and {money(outputPerMillion)} wait for{' '}
      <LinkButton variant="link" isInline to="/approvals">
        approval
      </LinkButton>
      {isMine && (
        <>
          {' '}
          <RoleButton
            roles={['ml-engineer']}
            variant="link"
            isInline
            isDisabled={withdrawing.isPending}
            aria-label={`Withdraw the prices of ${model}`}
            onClick={() => withdrawing.mutate()}
          >
            Withdraw
          </RoleButton>
        </>
      )}
      {withdrawing.error != null && <ProblemPanel error={withdrawing.error} />}
    </div>
  );
}

function PriceTable({ rows, requested, stated, onChange }: PriceTableProps): ReactNode {
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
              <Td dataLabel="Model">
                {name}
                {listed?.tuned === true && <Label isCompact>tuned by its provider</Label>}
                {requested
                  .filter(({ model }) => model === name)
                  .map((proposal) => (
                    <RequestedPrices key={proposal.proposalId} proposal={proposal} />
                  ))}
                {stated
                  .filter(({ model }) => model === name)
                  .map(({ statementId, statedBy }) => (
                    <div key={statementId} className="pl-subtle">
                      Tuned by its provider, as <Person actor={statedBy} /> states; waits for{' '}
                      <LinkButton variant="link" isInline to="/models" search={{ tab: 'tuned' }}>
                        confirmation
                      </LinkButton>
                    </div>
                  ))}
              </Td>
              <Td dataLabel="Kind">{listed ? words(listed.kind) : '—'}</Td>
              <Td dataLabel="Context" className="pl-number">
                {listed ? count(listed.contextWindow) : '—'}
              </Td>
              <Td dataLabel="1M input tokens" className="pl-number">
                {listed?.inputPerMillion == null ? '—' : money(listed.inputPerMillion)}
              </Td>
              <Td dataLabel="1M cached" className="pl-number">
                {listed?.cachedInputPerMillion == null ? '—' : money(listed.cachedInputPerMillion)}
              </Td>
              <Td dataLabel="1M output tokens" className="pl-number">
                {listed?.outputPerMillion == null ? '—' : money(listed.outputPerMillion)}
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
                </RoleButton>{' '}
                <LinkButton
                  size="sm"
                  variant="link"
                  aria-label={`State as tuned: ${name}`}
                  to="/models"
                  search={{ tab: 'tuned', statement: name }}
                >
                  State as tuned
                </LinkButton>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}
