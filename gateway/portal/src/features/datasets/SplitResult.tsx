import { Alert, Progress } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { splitQuery, splitsQuery, type Split } from './datasets';
import { count } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { DigestText } from '@/shared/ui/DigestText';

/** One split: its progress, its failure, or its subsets with the result of the leakage check. */
export function SplitResult({ split }: { split: Split }): ReactNode {
  if (split.state === 'SPLITTING') return <Splitting split={split} />;
  if (split.state === 'FAILED') {
    return (
      <Alert isInline variant="danger" component="h3" title="The split could not be made">
        {split.error ?? 'The service gave no reason.'}
      </Alert>
    );
  }
  const { splitDigest, subsets, leakage, recipe, dropped } = split;
  const dropping = Object.entries({
    duplicates: dropped.duplicates,
    'empty rows': dropped.emptyRows,
    'above the maximum': dropped.unsampled,
    'in no subset': dropped.unnamed,
  })
    .filter(([, rows]) => rows > 0)
    .map(([why, rows]) => `${count(rows)} ${why}`);
  return (
    <section aria-label={`Split ${splitDigest ?? ''}`} className="pl-stack">
      <p>
        Split <DigestText value={splitDigest} /> · seed {recipe.seed}
        {recipe.stratify && ' · stratified by label'}
        {recipe.grouped && ' · near-duplicates kept together'}
        {dropping.length > 0 && ` · dropped: ${dropping.join(', ')}`}
      </p>
      {leakage > 0 && (
        <Alert
          isInline
          variant="warning"
          component="h3"
          title={`${count(leakage)} pairs of rows in different subsets are duplicates`}
        >
          Metrics on these subsets are too optimistic. The policy may refuse admission: split again and drop duplicates.
        </Alert>
      )}
      <DataTable
        aria-label={`Subsets of split ${splitDigest ?? ''}`}
        rows={Object.entries(subsets).toSorted(([, a], [, b]) => b.rows - a.rows)}
        rowKey={([subset]) => subset}
        columns={[
          { header: 'Subset', cell: ([subset]) => subset },
          { header: 'Rows', kind: 'number', cell: ([, { rows }]) => count(rows) },
          { header: 'Digest', cell: ([, { digest }]) => <DigestText value={digest} /> },
        ]}
      />
      {leakage === 0 && <p>Leakage: none. No subset holds an exact or near duplicate of a row in another.</p>}
    </section>
  );
}

function Splitting({ split: { dataset, version, splitId } }: { split: Split }): ReactNode {
  const { data } = useQuery(splitQuery(dataset, version, splitId));
  const queries = useQueryClient();
  const over = data !== undefined && data.state !== 'SPLITTING';
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: splitsQuery(dataset, version).queryKey });
  }, [over, queries, dataset, version]);
  const job = data?.job;
  return (
    <Progress
      aria-label="Progress of the split"
      value={Math.round((job?.progress ?? 0) * 100)}
      title={job?.message || 'Waiting to be split'}
    />
  );
}
