import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { DownstreamTree } from './DownstreamTree';
import type { components } from '@/shared/http/generated/dataset-registry';
import { count } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';

type Schemas = components['schemas'];

/** The lineage of a row: its places in earlier and later versions, its subsets, and everything made from them. */
export function RowLineage({ lineage }: { lineage: Schemas['Lineage'] }): ReactNode {
  const { origins, continuations, uses, downstream } = lineage;
  const [, ...earlier] = origins;
  return (
    <section aria-label="Lineage of the row">
      {earlier.map((step) => (
        <Step key={step.version} says="Was" step={step} />
      ))}
      {continuations.map((step) => (
        <Step key={step.version} says="Is" step={step} />
      ))}
      {uses.length === 0 ? (
        <p>The row is not in any subset of a split.</p>
      ) : (
        <>
          {uses.map(({ version, splitDigest, subset }) => (
            <p key={`${version} ${splitDigest} ${subset}`}>
              In the subset {subset} of split <DigestText value={splitDigest} /> of v{version}
            </p>
          ))}
          <p>Made from it:</p>
          <DownstreamTree downstream={downstream} />
        </>
      )}
    </section>
  );
}

function Step({ says, step: { dataset, version, row } }: { says: string; step: Schemas['Step'] }): ReactNode {
  return (
    <p>
      {says} row {count(row)} of{' '}
      <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(version) }}>
        {dataset} v{version}
      </Link>
    </p>
  );
}
