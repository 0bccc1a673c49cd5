import { Alert, Button, Card, CardBody, CardTitle, Flex, Form, FormGroup, Label as Tag, TextInput, NumberInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { labelsQuery, moveLabel, promptQuery, type Label } from './prompts';
import { may, useSession } from '@/shared/session/session';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { Time } from '@/shared/ui/Time';

/** Where each label points, where it pointed before, and moving it. */
export function LabelsPanel({ name }: { name: string }): ReactNode {
  const mayMove = may(useSession(), 'prompt-engineer');
  return (
    <div className="pl-stack">
      <Loaded query={useQuery(labelsQuery(name))} what="labels">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No labels yet">A label such as staging or production names the version that callers get. Point the first at a version below.</Empty>
          ) : (
            <div className="pl-stack">
              {items.map((label) => (
                <LabelCard key={label.label} name={name} label={label} />
              ))}
            </div>
          )
        }
      </Loaded>
      {mayMove && <MoveLabel name={name} />}
    </div>
  );
}

function LabelCard({ name, label: { label, version, protected: isProtected, pending, history = [] } }: { name: string; label: Label }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">
        {label} → <VersionLink name={name} version={version} /> {isProtected && <Tag isCompact color="orange">protected</Tag>}
      </CardTitle>
      <CardBody>
        {pending && (
          <Alert isInline isPlain variant="info" component="h3" title={`Move to v${pending.version} waits for another person's approval`}>
            <Link to="/approvals">Open the approvals</Link>
          </Alert>
        )}
        {history.length > 0 && (
          <Table aria-label={`History of ${label}`} variant="compact">
            <Thead>
              <Tr>
                <Th>Moved</Th>
                <Th>From</Th>
                <Th>To</Th>
                <Th>By</Th>
                <Th>Approval</Th>
              </Tr>
            </Thead>
            <Tbody>
              {history.map(({ from, to, movedAt, movedBy, approvalId }) => (
                <Tr key={movedAt + to}>
                  <Td dataLabel="Moved">
                    <Time at={movedAt} />
                  </Td>
                  <Td dataLabel="From">{from == null ? '—' : <VersionLink name={name} version={from} />}</Td>
                  <Td dataLabel="To">
                    <VersionLink name={name} version={to} />
                  </Td>
                  <Td dataLabel="By">
                    <Person actor={movedBy} />
                  </Td>
                  <Td dataLabel="Approval">
                    {approvalId == null ? (
                      'not needed'
                    ) : (
                      <Link to="/approvals/$id" params={{ id: approvalId }}>
                        approved
                      </Link>
                    )}
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </CardBody>
    </Card>
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
  const latest = useQuery(promptQuery(name)).data?.latestVersion ?? 1;
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
              title={moving.data === 'requested' ? 'Requested: the label moves once another person approves' : 'The label has moved'}
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
            <Button type="submit" variant="secondary" isLoading={moving.isPending} isDisabled={moving.isPending || label.trim() === ''}>
              Move
            </Button>
          </Flex>
        </Form>
      </CardBody>
    </Card>
  );
}
