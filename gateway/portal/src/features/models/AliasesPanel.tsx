import { Alert, Button, Card, CardBody, CardTitle, Flex, FlexItem, Form } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { moveAlias, movesQuery, type AliasMove, type Model } from './models';
import { TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
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
          An alias is a name that points at a version and can be moved. Champion is protected: it moves only after
          another person has approved.
        </p>
        {aliases.length > 0 && (
          <DataTable
            aria-label="Aliases"
            rows={aliases}
            rowKey={({ alias }) => alias}
            columns={[
              {
                header: 'Alias',
                cell: ({ alias }) => (
                  <Button variant="link" isInline onClick={() => onShow(alias)}>
                    {alias}
                  </Button>
                ),
              },
              { header: 'Version', cell: ({ version }) => <>v{version}</> },
              { header: 'Moved', cell: ({ movedAt }) => <Time at={movedAt} /> },
              { header: 'By', cell: ({ movedBy }) => <Person actor={movedBy} /> },
            ]}
          />
        )}
        {latestVersion > 0 && <MoveForm name={name} latest={latestVersion} onMoved={onShow} />}
        <Moves name={name} alias={shown} />
      </CardBody>
    </Card>
  );
}

const schema = z.object({
  alias: requiredText('Name an alias and a version.'),
  version: trimmedText().check(z.regex(/^\d+$/, 'Name an alias and a version.')),
  reason: trimmedText(),
});

interface MoveFormProps {
  name: string;
  latest: number;
  onMoved: (alias: string) => void;
}

function MoveForm({ name, latest, onMoved }: MoveFormProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    schema,
    initial: { alias: 'champion', version: String(latest), reason: '' },
    command: (move) => move,
    send: ({ alias, version, reason }) => moveAlias(name, alias, Number(version), reason),
    onSent: async (_moved, { alias }) => {
      await queries.invalidateQueries({ queryKey: ['models'] });
      onMoved(alias);
    },
  });
  const { control, result } = form;
  return (
    <Form
      aria-label="Move an alias"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      {result && (
        <Alert
          isInline
          component="h3"
          variant={result.state === 'REQUESTED' ? 'info' : 'success'}
          title={
            result.state === 'REQUESTED'
              ? `${result.alias} moves to v${result.version} once another person approves`
              : `${result.alias} points at v${result.version}`
          }
        >
          {result.state === 'REQUESTED' && (
            <LinkButton variant="link" isInline to="/approvals">
              Open the approvals
            </LinkButton>
          )}
        </Alert>
      )}
      {form.error != null && <ProblemPanel error={form.error} />}
      <Flex alignItems={{ default: 'alignItemsFlexEnd' }}>
        <FlexItem>
          <TextField id="alias-alias" control={control} name="alias" label="Alias" isRequired />
        </FlexItem>
        <FlexItem>
          <TextField
            id="alias-version"
            control={control}
            name="version"
            label="To version"
            inputMode="numeric"
            isRequired
          />
        </FlexItem>
        <FlexItem grow={{ default: 'grow' }}>
          <TextField
            id="alias-reason"
            control={control}
            name="reason"
            label="Reason"
            placeholder="Shown to the approver and recorded in the ledger"
          />
        </FlexItem>
        <FlexItem>
          <RoleButton
            type="submit"
            variant="secondary"
            roles={['ml-engineer']}
            reason={form.blocked}
            isLoading={form.pending}
            isDisabled={form.pending}
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
            <Empty title={`${alias} has not been moved yet`}>
              Each move, and each request for one, is recorded here. An ML engineer moves it with the form above.
            </Empty>
          ) : (
            <MoveTable alias={alias} moves={items} />
          )
        }
      </Loaded>
    </section>
  );
}

const ways: Record<AliasMove['kind'], string> = { DIRECT: 'directly', APPROVED: 'by approval', ROLLBACK: 'rollback' };

function MoveTable({ alias, moves }: { alias: string; moves: AliasMove[] }): ReactNode {
  return (
    <DataTable
      aria-label={`Moves of ${alias}`}
      rows={moves}
      rowKey={({ aliasMoveId }) => aliasMoveId}
      columns={[
        { header: 'State', cell: ({ state }) => <StateLabel state={state} /> },
        { header: 'From', cell: ({ from }) => (from == null ? '—' : `v${from}`) },
        { header: 'To', cell: ({ to }) => <>v{to}</> },
        { header: 'How', cell: ({ kind }) => ways[kind] },
        { header: 'Requested by', cell: ({ requester }) => <Person actor={requester} /> },
        { header: 'Decided by', cell: ({ decidedBy }) => <Person actor={decidedBy} /> },
        { header: 'Reason', width: 25, cell: ({ reason }) => reason ?? '—' },
        { header: 'Requested', cell: ({ requestedAt }) => <Time at={requestedAt} /> },
      ]}
    />
  );
}
