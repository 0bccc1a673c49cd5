import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { save } from './download';
import { exportAudit, type AuditEntries, type AuditFilter } from './ledger';
import { totalOf } from '@/shared/text/format';
import { Fact, Facts } from '@/shared/ui/Facts';
import { FormDialog } from '@/shared/ui/FormDialog';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

interface ExportDialogProps {
  filter: AuditFilter;
  /** How many entries the page behind counted. */
  total: AuditEntries['total'] | undefined;
  onClose: () => void;
}

/** Says what leaves and that this is recorded, before it does. */
export function ExportDialog({ filter, total, onClose }: ExportDialogProps): ReactNode {
  const queries = useQueryClient();
  const exporting = useMutation({
    mutationFn: () => exportAudit(filter),
    onSuccess: async (entries) => {
      save(entries, 'audit.jsonl');
      await queries.invalidateQueries({ queryKey: ['audit'] });
      onClose();
    },
  });
  const { object, type, actor, outcome, from, to } = filter;
  return (
    <FormDialog
      title="Export audit entries"
      description="As JSON Lines, one entry a line, oldest first, with its payload and hashes. That you export, and by which filter, is itself recorded in the ledger."
      action="Download audit.jsonl"
      pending={exporting.isPending}
      error={exporting.error}
      onSubmit={() => exporting.mutate()}
      onClose={onClose}
    >
      <Facts>
        <Fact term="Entries">{total === undefined ? 'not counted' : totalOf(total)}</Fact>
        {Object.keys(filter).length === 0 && <Fact term="Filter">none: all entries of this workspace</Fact>}
        {object !== undefined && <Fact term="Object">{object}</Fact>}
        {type !== undefined && <Fact term="Event type">{type}</Fact>}
        {actor !== undefined && (
          <Fact term="Actor">
            <Person actor={actor} />
          </Fact>
        )}
        {outcome !== undefined && <Fact term="Outcome">{outcome}</Fact>}
        {from !== undefined && (
          <Fact term="From">
            <Time at={from} />
          </Fact>
        )}
        {to !== undefined && (
          <Fact term="Before">
            <Time at={to} />
          </Fact>
        )}
      </Facts>
    </FormDialog>
  );
}
