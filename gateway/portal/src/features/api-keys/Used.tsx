import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { costOf, tokensOf, type Usage } from '@/shared/data/usage';
import { count } from '@/shared/text/format';

interface UsedProps {
  apiKeyId: string;
  /** The period that is measured, which ends now. */
  within: string;
  usage: UseQueryResult<Usage>;
}

/** The usage of one key within a period, once it is known. */
export function Used({ apiKeyId, within, usage }: UsedProps): ReactNode {
  return (
    <div>
      <span className="pl-subtle">{within}: </span>
      <Amounts apiKeyId={apiKeyId} usage={usage} />
    </div>
  );
}

function Amounts({ apiKeyId, usage }: Omit<UsedProps, 'within'>): ReactNode {
  if (usage.isError) return <span className="pl-subtle">unknown at the moment</span>;
  if (usage.data === undefined) return '…';
  const row = usage.data.rows.find((one) => one.apiKeyId === apiKeyId);
  if (row === undefined) return <span className="pl-subtle">nothing</span>;
  return (
    <>
      <Link to="/traces" search={{ caller: `api-key:${apiKeyId}` }}>
        {count(row.requests)} {row.requests === 1 ? 'request' : 'requests'}
      </Link>
      {` · ${tokensOf(row)} tokens · ${costOf(row)}`}
      {row.errors > 0 && ` · ${count(row.errors)} failed`}
    </>
  );
}
