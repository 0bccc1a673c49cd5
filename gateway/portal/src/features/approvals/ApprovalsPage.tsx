import {
  PageSection,
  ToggleGroup,
  ToggleGroupItem,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { approvalsQuery, type ApprovalState } from './approvals';
import { ApprovalTable } from './ApprovalTable';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';

const choices: { key: string; text: string; state?: ApprovalState }[] = [
  { key: 'pending', text: 'Pending', state: 'PENDING' },
  { key: 'approved', text: 'Approved', state: 'APPROVED' },
  { key: 'rejected', text: 'Rejected', state: 'REJECTED' },
  { key: 'expired', text: 'Expired', state: 'EXPIRED' },
  { key: 'all', text: 'All' },
];

export function ApprovalsPage(): ReactNode {
  const { state = 'pending', page: token } = useSearch({ from: '/approvals' });
  const navigate = useNavigate({ from: '/approvals' });
  const show = (next: string) => void navigate({ search: next === 'pending' ? {} : { state: next } });
  const query = useQuery(approvalsQuery(choices.find(({ key }) => key === state)?.state, token));
  return (
    <>
      <PageHeader
        title="Approvals"
        description="Requests that a second person decides, who is neither the requester nor an author."
      />
      <PageSection isFilled>
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <ToggleGroup aria-label="State">
                {choices.map(({ key, text }) => (
                  <ToggleGroupItem key={key} text={text} isSelected={key === state} onChange={() => show(key)} />
                ))}
              </ToggleGroup>
            </ToolbarItem>
          </ToolbarContent>
        </Toolbar>
        <PagedList
          query={query}
          what="approvals"
          token={token}
          onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
          empty={<NoApprovals state={state} onClear={() => show('all')} />}
        >
          {(items) => <ApprovalTable approvals={items} />}
        </PagedList>
      </PageSection>
    </>
  );
}

const comesFrom =
  'Requests to move a protected label or alias, to release, to waive evidence, or to loosen criteria appear here. ' +
  'They are made on the page of the prompt, the model or the application.';

function NoApprovals({ state, onClear }: { state: string; onClear: () => void }): ReactNode {
  switch (state) {
    case 'pending':
      return <Empty title="Nothing is pending">{comesFrom}</Empty>;
    case 'all':
      return <Empty title="No requests yet">{comesFrom}</Empty>;
    default:
      return <NoResults onClear={onClear} />;
  }
}
