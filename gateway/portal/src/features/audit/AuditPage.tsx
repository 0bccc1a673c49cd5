import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';
import { ChainBadge } from './ChainBadge';
import { EntryDetail } from './EntryDetail';
import { ExportDialog } from './ExportDialog';
import { IdentityRecording } from './IdentityRecording';
import { auditQuery, type AuditFilter } from './ledger';
import { instantsOf } from '@/shared/text/time';
import { Empty, NoResults } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';

export function AuditPage(): ReactNode {
  const { page: token, entry, do: doing, ...filter } = useSearch({ from: '/audit' });
  const navigate = useNavigate({ from: '/audit' });
  const query = useQuery(auditQuery(bounds(filter), token));
  const opened = entry === undefined ? undefined : Number(entry);
  const open = (index: number | undefined) =>
    void navigate({
      search: (search) => ({ ...search, entry: index === undefined ? undefined : String(index) }),
      replace: true,
      resetScroll: false,
    });
  const show = (next: AuditFilter) => void navigate({ search: next });
  const exporting = (next: string | undefined) =>
    void navigate({ search: (search) => ({ ...search, do: next }), resetScroll: false });
  const listed = query.data?.items.some(({ index }) => index === opened) ?? false;
  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change and every refused request, in the order of the ledger."
        actions={
          <RoleButton variant="secondary" roles={['compliance-officer']} onClick={() => exporting('export')}>
            Export
          </RoleButton>
        }
      />
      <PageSection>
        <ChainBadge />
        <IdentityRecording />
      </PageSection>
      <PageSection isFilled>
        <div className="pl-stack">
          {/* Filters that are typed start anew when the address brings others. */}
          <AuditFilters key={JSON.stringify(filter)} filter={filter} onFilter={show} />
          {filter.actor !== undefined && (
            <p>
              Only entries of the actor <Person actor={filter.actor} />.
            </p>
          )}
          {opened !== undefined && !listed && <EntryDetail index={opened} />}
          <PagedList
            query={query}
            what="audit entries"
            rows={8}
            token={token}
            onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next, entry: undefined }) })}
            empty={
              Object.keys(filter).length > 0 ? (
                <NoResults onClear={() => show({})} />
              ) : (
                <Empty title="The ledger is empty">
                  The first governed change of this workspace, such as publishing a prompt, will be its first entry.
                </Empty>
              )
            }
          >
            {(items) => <AuditTable rows={items} opened={opened} onOpen={open} />}
          </PagedList>
        </div>
      </PageSection>
      {doing === 'export' && (
        <ExportDialog filter={bounds(filter)} total={query.data?.total} onClose={() => exporting(undefined)} />
      )}
    </>
  );
}

function bounds({ from, to, ...rest }: AuditFilter): AuditFilter {
  return {
    ...rest,
    ...instantsOf({ from, to }),
  };
}
