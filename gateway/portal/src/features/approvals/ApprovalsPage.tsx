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
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Pager } from '@/shared/ui/Pager';

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
        description="Requests that need a second person, who is neither the requester nor an author."
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
        <Loaded query={query} what="approvals">
          {(page) => {
            if (page.items.length > 0) {
              return (
                <>
                  <ApprovalTable approvals={page.items} />
                  <Pager
                    page={page}
                    token={token}
                    onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
                  />
                </>
              );
            }
            if (state === 'pending')
              return (
                <Empty title="Nothing is pending">
                  A request to move a protected label, to release or to waive evidence appears here.
                </Empty>
              );
            return state === 'all' ? (
              <Empty title="No requests yet">Nobody has change for an approval in this workspace.</Empty>
            ) : (
              <NoResults onClear={() => show('all')} />
            );
          }}
        </Loaded>
      </PageSection>
    </>
  );
}
