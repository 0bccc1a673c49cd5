import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DownstreamTree } from './DownstreamTree';
import type { components } from '@/shared/http/generated/dataset-registry';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';

/** Where a row was before, which subsets it is in, and what was made of these. */
export function RowLineage({ lineage }: { lineage: components['schemas']['Lineage'] }): ReactNode {
  const { origins, uses, downstream } = lineage;
  const [, ...earlier] = origins;
  return (
    <section aria-label="Lineage of the row">
      {earlier.map(({ dataset, version, row }) => (
        <p key={version}>
          Was row {count(row)} of{' '}
          <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(version) }}>
            {dataset} v{version}
          </Link>
        </p>
      ))}
      {uses.length === 0 ? (
        <p>It is in no subset of a split of this version.</p>
      ) : (
        <>
          {uses.map(({ splitDigest, subset }) => (
            <p key={`${splitDigest} ${subset}`}>
              In the subset {subset} of split <DigestText value={splitDigest} />
            </p>
          ))}
          <p>Made of it:</p>
          <DownstreamTree downstream={downstream} />
        </>
      )}
    </section>
  );
}
