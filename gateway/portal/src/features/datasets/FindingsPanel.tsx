import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { findingsQuery, type DatasetVersion, type Finding } from './datasets';
import { itemReaders } from '@/shared/items/items';
import { count, short, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { LoadedItem } from '@/shared/items/ItemContent';
import { OnDemand } from '@/shared/ui/OnDemand';
import { PagedList } from '@/shared/ui/PagedList';

/** The findings of the report by row, each with its item on demand. The found values are not stored. */
export function FindingsPanel({ version: { dataset, version, report } }: { version: DatasetVersion }): ReactNode {
  const [token, setToken] = useState<string>();
  const query = useQuery(findingsQuery(dataset, version, token));
  if (report == null || report.findings.length === 0) return null;
  return (
    <Card isCompact>
      <CardTitle component="h2">Findings by row</CardTitle>
      <CardBody>
        <PagedList
          query={query}
          what="findings"
          token={token}
          onToken={setToken}
          empty={<p>No findings are listed by row. The report above has their counts.</p>}
        >
          {(items) => (
            <DataTable
              aria-label="Findings by row"
              rows={items}
              rowKey={(finding) => finding.seq}
              columns={[
                { header: 'Finding', cell: (finding) => words(finding.kind) },
                { header: 'Where', kind: 'anywhere', cell: (finding) => placeOf(finding) },
                {
                  header: 'Item',
                  cell: (finding) => (
                    <OnDemand
                      what={`the item of row ${count(finding.row)}`}
                      roles={itemReaders}
                      button={`row ${count(finding.row)}`}
                    >
                      <LoadedItem dataset={dataset} version={version} itemId={finding.itemId} />
                    </OnDemand>
                  ),
                },
              ]}
            />
          )}
        </PagedList>
      </CardBody>
    </Card>
  );
}

/** Returns the field and shape of a sensitive value, or the item that a duplicate repeats. */
function placeOf({ detail }: Finding): string {
  const { field, preview, of } = detail as { field?: string; preview?: string; of?: string };
  if (field !== undefined) return preview === undefined ? field : `${field}: ${preview}`;
  return of === undefined ? '' : `of ${short(of)}`;
}
