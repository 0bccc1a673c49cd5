import { useQueries, useQuery } from '@tanstack/react-query';
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
  sheet: Datasheet | undefined;
}

function VersionTable({ subsets }: Pick<Upstream, 'subsets'>): ReactNode {
  const versions = subsets.filter(
    ({ versionDigest }, index) => subsets.findIndex((one) => one.versionDigest === versionDigest) === index,
  );
  const sheets = useQueries({ queries: versions.map(({ dataset, version }) => datasheetQuery(dataset, version)) });
  const sources = versions.map(({ dataset, version }, index): Source => {
    return { dataset, version, sheet: sheets[index]?.data };
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
        { header: 'Licence', cell: ({ sheet }) => sheet?.dataset.licence ?? '—' },
        { header: 'Legal basis', cell: ({ sheet }) => sheet?.dataset.legalBasis ?? '—' },
        { header: 'Personal data and secrets', cell: ({ sheet }) => (sheet ? findingsOf(sheet) : '—') },
        {
          header: 'Admission',
          cell: ({ sheet }) => <Admission admission={sheet?.version.admission} />,
        },
      ]}
    />
  );
}

function findingsOf({ version: { report, masked } }: Datasheet): string {
  if (report == null) return 'not searched';
  const { personal, secrets, affectedRows } = report.privacy;
  const found = personal + secrets === 0 ? 'none found' : `${count(personal + secrets)} in ${count(affectedRows)} rows`;
  return masked ? `${found}, after masking` : found;
}

function Admission({ admission }: { admission: Datasheet['version']['admission'] | undefined }): ReactNode {
  if (admission == null) return 'none';
  return (
    <>
      <StateLabel state={admission.outcome} />
      <div className="pl-subtle">{admission.purposes.map(inSentence).join(', ')}</div>
    </>
  );
}
