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
  TextInput,
  NumberInput,
} from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { labelMovesQuery, labelsQuery, moveLabel, promptQuery, type Label, type LabelMove } from './prompts';
import { may, useSession } from '@/shared/session/session';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** Where each label points, every move with who decided it, and moving one. */
export function LabelsPanel({ name }: { name: string }): ReactNode {
  const mayMove = may(useSession(), 'prompt-engineer');
  return (
    <div className="pl-stack">
      <Card isCompact>
        <CardTitle component="h2">Where labels point</CardTitle>
        <CardBody>
          <Loaded query={useQuery(labelsQuery(name))} what="labels">
            {({ items }) =>
              items.length === 0 ? (
                <Empty title="No labels yet">
                  A label such as staging or production names the version that callers get. Point the first at a version
                  below.
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

function LabelTable({ name, labels }: { name: string; labels: Label[] }): ReactNode {
  return (
    <DataTable aria-label="Labels">
      <Thead>
        <Tr>
          <Th>Label</Th>
          <Th>Version</Th>
          <Th>Since</Th>
          <Th>Moved by</Th>
        </Tr>
      </Thead>
      <Tbody>
        {labels.map(({ label, version, locked, movedAt, movedBy }) => (
          <Tr key={label}>
            <Td dataLabel="Label">
              {label}{' '}
              {locked && (
                <Tag isCompact color="orange">
                  protected
                </Tag>
              )}
            </Td>
            <Td dataLabel="Version">
              <VersionLink name={name} version={version} />
            </Td>
            <Td dataLabel="Since">
              <Time at={movedAt} />
            </Td>
            <Td dataLabel="Moved by">
              <Person actor={movedBy} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function MoveTable({ name, moves }: { name: string; moves: LabelMove[] }): ReactNode {
  return (
    <DataTable aria-label="Moves">
      <Thead>
        <Tr>
          <Th>State</Th>
          <Th>Label</Th>
          <Th>From</Th>
          <Th>To</Th>
          <Th>Asked by</Th>
          <Th>Asked</Th>
          <Th>Decided by</Th>
          <Th>Reason</Th>
        </Tr>
      </Thead>
      <Tbody>
        {moves.map(({ moveId, state, label, from, to, requester, requestedAt, decidedBy, approvalId, reason }) => (
          <Tr key={moveId}>
            <Td dataLabel="State">
              <StateLabel state={state} />
            </Td>
            <Td dataLabel="Label">{label}</Td>
            <Td dataLabel="From">{from == null ? '—' : <VersionLink name={name} version={from} />}</Td>
            <Td dataLabel="To">
              <VersionLink name={name} version={to} />
            </Td>
            <Td dataLabel="Asked by">
              <Person actor={requester} />
            </Td>
            <Td dataLabel="Asked">
              <Time at={requestedAt} />
            </Td>
            <Td dataLabel="Decided by">
              {state === 'REQUESTED' ? (
                <Link to="/approvals">waits for approval</Link>
              ) : (
                <>
                  <Person actor={decidedBy} />{' '}
                  {approvalId != null && (
                    <Link to="/approvals/$id" params={{ id: approvalId }}>
                      approval
                    </Link>
                  )}
                </>
              )}
            </Td>
            <Td dataLabel="Reason">{reason}</Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function VersionLink({ name, version }: { name: string; version: number }): ReactNode {
  return (
    <Link to="/prompts/$name/versions/$version" params={{ name, version: String(version) }}>
      v{version}
    </Link>
  );
}

function MoveLabel({ name }: { name: string }): ReactNode {
  const queries = useQueryClient();
  const latest = useQuery(promptQuery(name)).data?.latestVersion || 1;
  const [label, setLabel] = useState('staging');
  const [chosen, setVersion] = useState<number>();
  const version = chosen ?? latest;
  const moving = useMutation({
    mutationFn: () => moveLabel(name, label.trim(), version),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['prompts', name] }),
  });
  return (
    <Card isCompact>
      <CardTitle component="h2">Point a label at a version</CardTitle>
      <CardBody>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            moving.mutate();
          }}
        >
          {moving.isError && <ProblemPanel error={moving.error} />}
          {moving.isSuccess && (
            <Alert
              isInline
              component="h3"
              variant={moving.data === 'requested' ? 'info' : 'success'}
              title={
                moving.data === 'requested'
                  ? 'Requested: the label moves once another person approves'
                  : 'The label has moved'
              }
            />
          )}
          <Flex alignItems={{ default: 'alignItemsFlexEnd' }}>
            <FormGroup label="Label" fieldId="move-label" isRequired>
              <TextInput id="move-label" value={label} onChange={(_event, next) => setLabel(next)} isRequired />
            </FormGroup>
            <FormGroup label="Version" fieldId="move-version" isRequired>
              <NumberInput
                inputProps={{ id: 'move-version' }}
                inputAriaLabel="Version"
                minusBtnAriaLabel="One version lower"
                plusBtnAriaLabel="One version higher"
                min={1}
                value={version}
                onMinus={() => setVersion(Math.max(1, version - 1))}
                onPlus={() => setVersion(version + 1)}
                onChange={(event) => setVersion(Number(event.currentTarget.value) || 1)}
              />
            </FormGroup>
            <Button
              type="submit"
              variant="secondary"
              isLoading={moving.isPending}
              isDisabled={moving.isPending || label.trim() === ''}
            >
              Move
            </Button>
          </Flex>
        </Form>
      </CardBody>
    </Card>
  );
}
