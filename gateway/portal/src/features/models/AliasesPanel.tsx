import { Alert, Button, Card, CardBody, CardTitle, Flex, FlexItem, Form } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { moveAlias, movesQuery, type AliasMove, type Model } from './models';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { TextField } from '@/shared/ui/Field';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface AliasesPanelProps {
  model: Model;
  /** The alias whose moves are shown. */
  shown: string | undefined;
  onShow: (alias: string) => void;
}

export function AliasesPanel({
  model: { name, aliases, latestVersion },
  shown = 'champion',
  onShow,
}: AliasesPanelProps): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">Aliases</CardTitle>
      <CardBody className="pl-stack">
        <p>
          An alias is a name that points at a version and can be moved. Champion is protected: it moves once another
          person has approved.
        </p>
        {aliases.length > 0 && (
          <DataTable aria-label="Aliases">
            <Thead>
              <Tr>
                <Th>Alias</Th>
                <Th>Version</Th>
                <Th>Moved</Th>
                <Th>By</Th>
              </Tr>
            </Thead>
            <Tbody>
              {aliases.map(({ alias, version, movedAt, movedBy }) => (
                <Tr key={alias}>
                  <Td dataLabel="Alias">
                    <Button variant="link" isInline onClick={() => onShow(alias)}>
                      {alias}
                    </Button>
                  </Td>
                  <Td dataLabel="Version">v{version}</Td>
                  <Td dataLabel="Moved">
                    <Time at={movedAt} />
                  </Td>
                  <Td dataLabel="By">
                    <Person actor={movedBy} />
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </DataTable>
        )}
        {latestVersion > 0 && <MoveForm name={name} latest={latestVersion} onMoved={onShow} />}
        <Moves name={name} alias={shown} />
      </CardBody>
    </Card>
  );
}

function MoveForm({
  name,
  latest,
  onMoved,
}: {
  name: string;
  latest: number;
  onMoved: (alias: string) => void;
}): ReactNode {
  const queries = useQueryClient();
  const [move, change] = useState({ alias: 'champion', version: String(latest), reason: '' });
  const alias = move.alias.trim();
  const moving = useMutation({
    mutationFn: () => moveAlias(name, alias, Number(move.version), move.reason.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      onMoved(alias);
    },
  });
  const errorAt = fieldErrors(moving.error);
  const field = (key: keyof typeof move) => ({
    id: `alias-${key}`,
    value: move[key],
    error: errorAt(`/${key}`),
    onChange: (next: string) => change({ ...move, [key]: next }),
  });
  return (
    <Form
      aria-label="Move an alias"
      onSubmit={(event) => {
        event.preventDefault();
        if (!moving.isPending) moving.mutate();
      }}
    >
      {moving.isSuccess && (
        <Alert
          isInline
          component="h3"
          variant={moving.data.state === 'REQUESTED' ? 'info' : 'success'}
          title={
            moving.data.state === 'REQUESTED'
              ? `${moving.data.alias} moves to v${moving.data.version} once another person approves`
              : `${moving.data.alias} points at v${moving.data.version}`
          }
        >
          {moving.data.state === 'REQUESTED' && (
            <LinkButton variant="link" isInline to="/approvals">
              To the approvals
            </LinkButton>
          )}
        </Alert>
      )}
      {moving.isError && <ProblemPanel error={moving.error} />}
      <Flex alignItems={{ default: 'alignItemsFlexEnd' }}>
        <FlexItem>
          <TextField {...field('alias')} label="Alias" isRequired />
        </FlexItem>
        <FlexItem>
          <TextField {...field('version')} label="To version" inputMode="numeric" isRequired />
        </FlexItem>
        <FlexItem grow={{ default: 'grow' }}>
          <TextField {...field('reason')} label="Reason" placeholder="Told to the approver and the ledger" />
        </FlexItem>
        <FlexItem>
          <RoleButton
            type="submit"
            variant="secondary"
            roles={['ml-engineer']}
            reason={alias === '' || !/^\d+$/.test(move.version.trim()) ? 'Name an alias and a version.' : undefined}
            isLoading={moving.isPending}
            isDisabled={moving.isPending}
          >
            Move
          </RoleButton>
        </FlexItem>
      </Flex>
    </Form>
  );
}

function Moves({ name, alias }: { name: string; alias: string }): ReactNode {
  return (
    <section aria-label={`Moves of ${alias}`} className="pl-stack">
      <h3 className="pf-v6-c-title pf-m-md">Moves of {alias}</h3>
      <Loaded query={useQuery(movesQuery(name, alias))} what="the moves">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={`${alias} has not been moved yet`}>Each move, and each request for one, is kept here.</Empty>
          ) : (
            <MoveTable alias={alias} moves={items} />
          )
        }
      </Loaded>
    </section>
  );
}

const ways: Record<AliasMove['kind'], string> = { DIRECT: 'directly', APPROVED: 'by approval', ROLLBACK: 'back' };

function MoveTable({ alias, moves }: { alias: string; moves: AliasMove[] }): ReactNode {
  return (
    <DataTable aria-label={`Moves of ${alias}`}>
      <Thead>
        <Tr>
          <Th>State</Th>
          <Th>From</Th>
          <Th>To</Th>
          <Th>How</Th>
          <Th>Asked by</Th>
          <Th>Decided by</Th>
          <Th width={25}>Reason</Th>
          <Th>Asked</Th>
        </Tr>
      </Thead>
      <Tbody>
        {moves.map(({ id, state, from, to, kind, requester, decidedBy, reason, requestedAt }) => (
          <Tr key={id}>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="From">{from == null ? '—' : `v${from}`}</Td>
            <Td dataLabel="To">v{to}</Td>
            <Td dataLabel="How">{ways[kind]}</Td>
            <Td dataLabel="Asked by">
              <Person actor={requester} />
            </Td>
            <Td dataLabel="Decided by">
              <Person actor={decidedBy} />
            </Td>
            <Td dataLabel="Reason">{reason ?? '—'}</Td>
            <Td dataLabel="Asked">
              <Time at={requestedAt} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
