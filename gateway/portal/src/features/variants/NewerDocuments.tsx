import { Alert } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Refreshable } from './refreshing';
import { splitReference } from '@/shared/data/splits';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** The steps to take first if the newest documents have no index for a refresh. */
export function NewerDocuments({ refreshable }: { refreshable: Refreshable }): ReactNode {
  const { dataset, former, ready, building, newest, loading, error } = refreshable;
  if (error != null) return <ProblemPanel error={error} />;
  if (loading) return null;
  if (former === undefined) {
    return <Note title="Its index is not of documents">Compose another variant to retrieve other examples.</Note>;
  }
  if (newest === undefined) {
    return (
      <Note title={`No documents are newer than version ${former.version}`}>
        Upload a new version of{' '}
        <Link to="/datasets/$name" params={{ name: dataset }}>
          {dataset}
        </Link>{' '}
        and have it admitted for indexing.
      </Note>
    );
  }
  if (ready[0]?.version === newest) return null;
  const [underway] = building;
  if (underway?.version === newest) {
    return (
      <Note title={`The index of version ${newest} is being built: ${Math.round(underway.index.progress * 100)} %`} />
    );
  }
  return (
    <Note title={`Version ${newest} of ${dataset} has no index of this recipe`}>
      <Link to="/indexes" search={{ build: splitReference(dataset, newest), like: former.index.indexId }}>
        Build it like {former.index.name}
      </Link>
      , then come back.
    </Note>
  );
}

function Note({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <Alert isInline variant="info" component="h3" title={title}>
      {children}
    </Alert>
  );
}
