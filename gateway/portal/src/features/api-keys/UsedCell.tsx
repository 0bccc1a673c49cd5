import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { costOf, tokensOf, type Usage } from '@/shared/data/usage';
import { count } from '@/shared/text/format';

/** What one key used, once it is known. */
export function UsedCell({ apiKeyId, usage }: { apiKeyId: string; usage: UseQueryResult<Usage> }): ReactNode {
  if (usage.isError) return <span className="pl-subtle">not known at present</span>;
  if (usage.data === undefined) return '…';
  const row = usage.data.rows.find((one) => one.apiKeyId === apiKeyId);
  if (row === undefined) return <span className="pl-subtle">nothing</span>;
  return (
    <>
      <Link to="/traces" search={{ caller: `api-key:${apiKeyId}` }}>
        {count(row.requests)} {row.requests === 1 ? 'request' : 'requests'}
      </Link>
      <div>{tokensOf(row)} tokens</div>
      <div>{costOf(row)}</div>
      {row.errors > 0 && <div className="pl-subtle">{count(row.errors)} failed</div>}
    </>
  );
}
