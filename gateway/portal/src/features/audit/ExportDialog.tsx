import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { save } from '@/shared/http/download';
import { exportAudit, type AuditEntries, type AuditFilter } from './ledger';
import { totalOf, words } from '@/shared/text/format';
import { Detail, Details } from '@/shared/ui/Details';
import { FormDialog } from '@/shared/form/FormDialog';
import { Person } from '@/shared/ui/Person';
import { Time } from '@/shared/ui/Time';

interface ExportDialogProps {
  filter: AuditFilter;
  /** The number of entries that the page counted. */
  total: AuditEntries['total'] | undefined;
  onClose: () => void;
}

/** The dialog that shows what an export contains and that it is recorded, before it starts. */
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
  const { application, person, object, type, actor, outcome, from, to } = filter;
  return (
    <FormDialog
      title="Export audit entries"
      description={
        'The file has JSON Lines: one entry per line, oldest first, with payload and hashes. The export ' +
        'and its filter are recorded in the ledger.'
      }
      action="Download audit.jsonl"
      form={{ pending: exporting.isPending, error: exporting.error, submit: () => exporting.mutate() }}
      onClose={onClose}
    >
      <Details>
        <Detail term="Entries">{total === undefined ? 'not counted' : totalOf(total)}</Detail>
        {Object.keys(filter).length === 0 && <Detail term="Filter">none: all entries of this workspace</Detail>}
        {application !== undefined && <Detail term="Application">{application}</Detail>}
        {person !== undefined && <Detail term="Person">{person}</Detail>}
        {object !== undefined && <Detail term="Object">{object}</Detail>}
        {type !== undefined && <Detail term="Event type">{type}</Detail>}
        {actor !== undefined && (
          <Detail term="Actor">
            <Person actor={actor} />
          </Detail>
        )}
        {outcome !== undefined && <Detail term="Outcome">{words(outcome)}</Detail>}
        {from !== undefined && (
          <Detail term="From">
            <Time at={from} />
          </Detail>
        )}
        {to !== undefined && (
          <Detail term="Before">
            <Time at={to} />
          </Detail>
        )}
      </Details>
    </FormDialog>
  );
}
