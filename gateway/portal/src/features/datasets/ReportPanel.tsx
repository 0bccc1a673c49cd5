import { Card, CardBody, CardTitle, Gallery, List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Report } from './datasets';
import { count, fixed, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';

/** The report on the rows of a version. */
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
        {labels && <LabelBalance rows={labels.rows} />}
        {labels && (
          <Figures
            title="Labels"
            values={[
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

/** The number and share of rows per label. */
function LabelBalance({ rows }: { rows: Record<string, number> }): ReactNode {
  const total = Object.values(rows).reduce((sum, each) => sum + each, 0);
  return (
    <Card isCompact>
      <CardTitle component="h2">Rows of each label</CardTitle>
      <CardBody>
        <DataTable
          aria-label="Rows of each label"
          borders={false}
          rows={Object.entries(rows)}
          rowKey={([label]) => label}
          columns={[
            { header: 'Label', cell: ([label]) => label },
            {
              header: 'Share',
              cell: ([label, number]) => (
                <meter
                  className="pl-meter"
                  max={Math.max(1, total)}
                  value={number}
                  aria-label={`${Math.round((100 * number) / Math.max(1, total))}% are ${label}`}
                />
              ),
            },
            { header: 'Rows', kind: 'number', cell: ([, number]) => count(number) },
          ]}
        />
      </CardBody>
    </Card>
  );
}

function Figures({ title, values }: { title: string; values: [string, number][] }): ReactNode {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <DataTable
          aria-label={title}
          borders={false}
          rows={values}
          rowKey={([name]) => name}
          columns={[
            { header: 'Figure', cell: ([name]) => name },
            {
              header: 'Count',
              kind: 'number',
              cell: ([, value]) => (Number.isInteger(value) ? count(value) : fixed(value, 2)),
            },
          ]}
        />
      </CardBody>
    </Card>
  );
}
