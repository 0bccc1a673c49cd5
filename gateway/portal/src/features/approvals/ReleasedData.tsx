import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { datasheetQuery, type Datasheet } from '@/shared/data/datasheets';
import { upstreamQuery, type Upstream } from '@/shared/lineage/lineage';
import { Problem } from '@/shared/http/problem';
import { count, inSentence } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The dataset versions that a variant was made from, with their licences, findings and admissions. */
export function ReleasedData({ variantDigest }: { variantDigest: string }): ReactNode {
  const query = useQuery(upstreamQuery(variantDigest));
  if (query.isError && Problem.of(query.error).status === 404) return <p>The data behind it is not known yet.</p>;
  return (
    <Loaded query={query} what="the data it was made of" rows={2}>
      {({ subsets, truncated }) => (
        <>
          {subsets.length === 0 ? <p>No dataset was used.</p> : <VersionTable subsets={subsets} />}
          {truncated && <p className="pl-subtle">The list is not complete.</p>}
        </>
      )}
    </Loaded>
  );
}

interface Source {
  dataset: string;
  version: number;
  sheet: UseQueryResult<Datasheet>;
}

function VersionTable({ subsets }: Pick<Upstream, 'subsets'>): ReactNode {
  const versions = subsets.filter(
    ({ versionDigest }, index) => subsets.findIndex((one) => one.versionDigest === versionDigest) === index,
  );
  const sheets = useQueries({ queries: versions.map(({ dataset, version }) => datasheetQuery(dataset, version)) });
  const sources = versions.flatMap(({ dataset, version }, index): Source[] => {
    const sheet = sheets[index];
    return sheet === undefined ? [] : [{ dataset, version, sheet }];
  });
  return (
    <DataTable
      aria-label="Data of the variant"
      rows={sources}
      rowKey={({ dataset, version }) => `${dataset} ${version}`}
      columns={[
        {
          header: 'Dataset',
          cell: ({ dataset, version }) => (
            <Link to="/datasets/$name/versions/$version/datasheet" params={{ name: dataset, version: String(version) }}>
              {dataset} v{version}
            </Link>
          ),
        },
        { header: 'Licence', cell: partOf(({ dataset }) => dataset.licence) },
        { header: 'Legal basis', cell: partOf(({ dataset }) => dataset.legalBasis) },
        { header: 'Personal data and secrets', cell: partOf(findingsOf) },
        { header: 'Admission', cell: partOf(({ version }) => <Admission admission={version.admission} />) },
      ]}
    />
  );
}

/** Returns the cell for a part of a datasheet. It says if the datasheet is still loading or cannot be read. */
function partOf(show: (sheet: Datasheet) => ReactNode): (source: Source) => ReactNode {
  return ({ sheet: { data, isError } }) => {
    if (data !== undefined) return show(data);
    return isError ? 'not readable' : '…';
  };
}

function findingsOf({ version: { report, masked } }: Datasheet): string {
  if (report == null) return 'not searched';
  const { personal, secrets, affectedRows } = report.privacy;
  const found = personal + secrets === 0 ? 'none found' : `${count(personal + secrets)} in ${count(affectedRows)} rows`;
  return masked ? `${found}, after masking` : found;
}

function Admission({ admission }: Pick<Datasheet['version'], 'admission'>): ReactNode {
  if (admission == null) return 'none';
  return (
    <>
      <StateLabel state={admission.outcome} />
      <div className="pl-subtle">{admission.purposes.map(inSentence).join(', ')}</div>
    </>
  );
}
