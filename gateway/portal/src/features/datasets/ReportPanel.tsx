import { Card, CardBody, CardTitle, Gallery, List, ListItem } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Report } from './datasets';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

/** What was measured of the rows. */
export function ReportPanel({
  report: { emptyRows, duplicates, labels, lengths, privacy, notes },
}: {
  report: Report;
}): ReactNode {
  const found = Object.entries(privacy.findings).map(([kind, times]): [string, number] => [words(kind), times]);
  return (
    <>
      <Gallery hasGutter minWidths={{ default: '15rem' }}>
        <Figures
          title="Duplicates"
          values={[
            ['Exact', duplicates.exact],
            ['Near', duplicates.near],
            ['Clusters', duplicates.clusters],
            ['Empty rows', emptyRows],
          ]}
        />
        {labels && (
          <Figures
            title="Labels"
            values={[
              ...Object.entries(labels.rows),
              ['Imbalance ratio', labels.imbalanceRatio],
              ['Rows with conflicting labels', labels.contradictingRows],
            ]}
          />
        )}
        <Figures
          title="Personal data and secrets"
          values={[
            ...(found.length > 0 ? found : [['Found', 0] as [string, number]]),
            ['Rows affected', privacy.affectedRows],
          ]}
        />
        <Figures
          title="Tokens per row"
          values={[
            ['Median', lengths.tokens.p50],
            ['Mean', lengths.tokens.mean],
            ['p95', lengths.tokens.p95],
            ['Maximum', lengths.tokens.max],
          ]}
        />
      </Gallery>
      {notes.length > 0 && (
        <List className="pl-subtle">
          {notes.map((note) => (
            <ListItem key={note}>{note}</ListItem>
          ))}
        </List>
      )}
    </>
  );
}

function Figures({ title, values }: { title: string; values: [string, number][] }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DataTable aria-label={title} borders={false}>
          <Thead>
            <Tr>
              <Th>What</Th>
              <Th className="pl-number">Count</Th>
            </Tr>
          </Thead>
          <Tbody>
            {values.map(([name, value]) => (
              <Tr key={name}>
                <Td dataLabel="What">{name}</Td>
                <Td dataLabel="Count" className="pl-number">
                  {Number.isInteger(value) ? count(value) : value.toFixed(2)}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </DataTable>
      </CardBody>
    </Card>
  );
}
