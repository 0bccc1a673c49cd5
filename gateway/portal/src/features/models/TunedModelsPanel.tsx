import { ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { TunedModelDecision } from './TunedModelDecision';
import { tuningStatementsQuery, type TuningState, type TuningStatement } from '@/shared/models/tuningStatements';
import { DataTable } from '@/shared/ui/DataTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

const choices: { key: string; text: string; state?: TuningState }[] = [
  { key: 'open', text: 'Open', state: 'PROPOSED' },
  { key: 'confirmed', text: 'Confirmed', state: 'CONFIRMED' },
  { key: 'rejected', text: 'Rejected', state: 'REJECTED' },
  { key: 'withdrawn', text: 'Withdrawn', state: 'WITHDRAWN' },
  { key: 'all', text: 'All' },
];

interface TunedModelsPanelProps {
  /** The state in the address; the open ones without one. */
  state: string | undefined;
  onState: (state: string | undefined) => void;
  token: string | undefined;
  onToken: (token: string | undefined) => void;
  onStateModel: () => void;
}

/** The statements that models were tuned by their providers. A second person confirms or rejects each. */
export function TunedModelsPanel({
  state = 'open',
  onState,
  token,
  onToken,
  onStateModel,
}: TunedModelsPanelProps): ReactNode {
  const show = (next: string) => onState(next === 'open' ? undefined : next);
  const query = useQuery(tuningStatementsQuery(choices.find(({ key }) => key === state)?.state, token));
  const button = (
    <RoleButton variant="secondary" roles={['ml-engineer', 'prompt-engineer']} onClick={onStateModel}>
      State that a model was tuned
    </RoleButton>
  );
  return (
    <div className="pl-stack">
      <p>
        A model that its provider tuned counts as fine-tuning. Its name or its listing says so, or a statement here that
        a second person has confirmed.
      </p>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <ToggleGroup aria-label="State">
              {choices.map(({ key, text }) => (
                <ToggleGroupItem key={key} text={text} isSelected={key === state} onChange={() => show(key)} />
              ))}
            </ToggleGroup>
          </ToolbarItem>
          <ToolbarItem>{button}</ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      <PagedList
        query={query}
        what="statements"
        token={token}
        onToken={onToken}
        empty={<NoStatements state={state} onClear={() => show('all')} />}
      >
        {(items) => <StatementTable statements={items} />}
      </PagedList>
    </div>
  );
}

function NoStatements({ state, onClear }: { state: string; onClear: () => void }): ReactNode {
  switch (state) {
    case 'open':
      return <Empty title="No statement is open">Statements that wait for a second person appear here.</Empty>;
    case 'all':
      return <Empty title="No statements yet">Nobody has stated that a model was tuned by its provider.</Empty>;
    default:
      return <NoResults onClear={onClear} />;
  }
}

function StatementTable({ statements }: { statements: TuningStatement[] }): ReactNode {
  return (
    <DataTable
      aria-label="Models that providers tuned"
      rows={statements}
      rowKey={({ statementId }) => statementId}
      columns={[
        { header: 'Model', kind: 'anywhere', cell: ({ model }) => model },
        { header: 'State', cell: ({ state }) => <StateLabel state={state} /> },
        { header: 'How it was tuned', kind: 'anywhere', cell: ({ reason }) => reason },
        {
          header: 'Stated by',
          cell: ({ statedBy, statedAt }) => (
            <>
              <Person actor={statedBy} />, <Time at={statedAt} />
            </>
          ),
        },
        {
          header: 'Decided by',
          kind: 'anywhere',
          cell: ({ decidedBy, decidedAt, decisionReason }) =>
            decidedAt == null ? (
              '—'
            ) : (
              <>
                <Person actor={decidedBy} />, <Time at={decidedAt} />
                {decisionReason != null && <div className="pl-subtle">{decisionReason}</div>}
              </>
            ),
        },
        {
          header: 'Actions',
          kind: 'action',
          cell: (statement) => statement.state === 'PROPOSED' && <TunedModelDecision statement={statement} />,
        },
      ]}
    />
  );
}
