import {
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  Flex,
  Form,
  FormGroup,
  Label as Tag,
  NumberInput,
} from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { labelMovesQuery, labelsQuery, moveLabel, promptQuery, type Label, type LabelMove } from './prompts';
import { TextField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { may, useSession } from '@/shared/session/session';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The labels with their versions, their moves with the people who decided, and a form to move one. */
export function LabelsPanel({ name }: { name: string }): ReactNode {
  const mayMove = may(useSession(), 'prompt-engineer');
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">Labels</CardTitle>
        <CardBody>
          <Loaded query={useQuery(labelsQuery(name))} what="labels">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No labels yet">
                  A label such as staging or production names the version that callers get. A prompt engineer sets the
                  first label below.
                </Empty>
              ) : (
                <LabelTable name={name} labels={items} />
              )
            }
          </Loaded>
        </CardBody>
      </Card>
      {mayMove && <MoveLabel name={name} />}
      <Card isCompact>
        <CardTitle component="h2">Moves</CardTitle>
        <CardBody>
          <Loaded query={useQuery(labelMovesQuery(name))} what="moves">
            {({ items }) =>
              items.length === 0 ? <p>No label was moved yet.</p> : <MoveTable name={name} moves={items} />
            }
          </Loaded>
        </CardBody>
      </Card>
    </div>
  );
}

/** The labels that point to a version. */
export function LabelTags({ labels }: { labels: string[] }): ReactNode {
  return (
    <Flex component="span" display={{ default: 'inlineFlex' }} gap={{ default: 'gapXs' }}>
      {labels.map((label) => (
        <Tag key={label} isCompact>
          {label}
        </Tag>
      ))}
    </Flex>
  );
}

function LabelTable({ name, labels }: { name: string; labels: Label[] }): ReactNode {
  return (
    <DataTable
      aria-label="Labels"
      rows={labels}
      rowKey={({ label }) => label}
      columns={[
        {
          header: 'Label',
          cell: ({ label, locked }) => (
            <>
              {label}{' '}
              {locked && (
                <Tag isCompact color="orange">
                  protected
                </Tag>
              )}
            </>
          ),
        },
        { header: 'Version', cell: ({ version }) => <VersionLink name={name} version={version} /> },
        { header: 'Since', cell: ({ movedAt }) => <Time at={movedAt} /> },
        { header: 'Moved by', cell: ({ movedBy }) => <Person actor={movedBy} /> },
      ]}
    />
  );
}

function MoveTable({ name, moves }: { name: string; moves: LabelMove[] }): ReactNode {
  return (
    <DataTable
      aria-label="Moves"
      rows={moves}
      rowKey={({ labelMoveId }) => labelMoveId}
      columns={[
        { header: 'State', cell: ({ state }) => <StateLabel state={state} /> },
        { header: 'Label', cell: ({ label }) => label },
        { header: 'From', cell: ({ from }) => (from == null ? '—' : <VersionLink name={name} version={from} />) },
        { header: 'To', cell: ({ to }) => <VersionLink name={name} version={to} /> },
        { header: 'Requested by', cell: ({ requester }) => <Person actor={requester} /> },
        { header: 'Requested', cell: ({ requestedAt }) => <Time at={requestedAt} /> },
        {
          header: 'Decided by',
          cell: ({ state, decidedBy, approvalId }) =>
            state === 'REQUESTED' ? (
              <Link to="/approvals">waiting for approval</Link>
            ) : (
              <>
                <Person actor={decidedBy} />{' '}
                {approvalId != null && (
                  <Link to="/approvals/$id" params={{ id: approvalId }}>
                    approval
                  </Link>
                )}
              </>
            ),
        },
        { header: 'Reason', cell: ({ reason }) => reason },
      ]}
    />
  );
}

function VersionLink({ name, version }: { name: string; version: number }): ReactNode {
  return (
    <Link to="/prompts/$name/versions/$version" params={{ name, version: String(version) }}>
      v{version}
    </Link>
  );
}

const moveSchema = z.object({
  label: requiredText('Name a label.'),
  version: z.nullable(z.int().check(z.minimum(1, 'Choose a version.'))),
});

function MoveLabel({ name }: { name: string }): ReactNode {
  const queries = useQueryClient();
  const latest = useQuery(promptQuery(name)).data?.latestVersion || 1;
  const form = useCommandForm({
    schema: moveSchema,
    initial: { label: 'staging', version: null },
    command: ({ label, version }) => ({ label, version: version ?? latest }),
    send: ({ label, version }) => moveLabel(name, label, version),
    onSent: () => queries.invalidateQueries({ queryKey: ['prompts', name] }),
  });
  const version = form.values.version ?? latest;
  const choose = (next: number) => form.set('version', Math.max(1, next));
  return (
    <Card isCompact>
      <CardTitle component="h2">Point a label at a version</CardTitle>
      <CardBody>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            form.submit();
          }}
        >
          {form.error != null && <ProblemPanel error={form.error} />}
          {form.result && (
            <Alert
              isInline
              component="h3"
              variant={form.result === 'requested' ? 'info' : 'success'}
              title={
                form.result === 'requested'
                  ? 'Requested: the label moves once another person approves'
                  : 'The label has moved'
              }
            />
          )}
          <Flex alignItems={{ default: 'alignItemsFlexEnd' }}>
            <TextField id="move-label" control={form.control} name="label" label="Label" isRequired />
            <FormGroup label="Version" fieldId="move-version" isRequired>
              <NumberInput
                inputProps={{ id: 'move-version' }}
                inputAriaLabel="Version"
                minusBtnAriaLabel="One version lower"
                plusBtnAriaLabel="One version higher"
                min={1}
                value={version}
                onMinus={() => choose(version - 1)}
                onPlus={() => choose(version + 1)}
                onChange={(event) => choose(Number(event.currentTarget.value) || 1)}
              />
            </FormGroup>
            <Button
              type="submit"
              variant="secondary"
              isLoading={form.pending}
              isDisabled={form.pending || form.blocked !== undefined}
            >
              Move
            </Button>
          </Flex>
        </Form>
      </CardBody>
    </Card>
  );
}
