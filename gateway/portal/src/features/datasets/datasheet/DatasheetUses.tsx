import { List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { newestIndexesQuery, newestTrainingsQuery, type Datasheet } from './queries';
import { suitesQuery } from '@/shared/data/suites';
import { words } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';

/** What was made of a version, among the newest 100 of each kind. */
export function DatasheetUses({ sheet: { version, splits } }: { sheet: Datasheet }): ReactNode {
  const indexes = useQuery(newestIndexesQuery);
  const trainings = useQuery(newestTrainingsQuery);
  const suites = useQuery(suitesQuery);
  const digests = new Set(splits.map(({ splitDigest }) => splitDigest));
  return (
    <Loaded query={indexes} what="the indexes">
      {({ items: allIndexes }) => (
        <Loaded query={trainings} what="the trainings">
          {({ items: allTrainings }) => (
            <Loaded query={suites} what="the suites">
              {({ items: allSuites }) => {
                const uses = [
                  ...allIndexes
                    .filter(({ splitDigest }) => digests.has(splitDigest))
                    .map(({ indexId, name, subset, state }) => (
                      <ListItem key={indexId}>
                        Index{' '}
                        <Link to="/indexes/$index" params={{ index: indexId }}>
                          {name}
                        </Link>{' '}
                        of {subset} · {words(state).toLowerCase()}
                      </ListItem>
                    )),
                  ...allTrainings
                    .filter((job) => job.dataset === version.dataset && job.datasetVersion === version.version)
                    .map(({ jobId, application, state }) => (
                      <ListItem key={jobId}>
                        Training{' '}
                        <Link to="/training/$job" params={{ job: jobId }}>
                          for {application}
                        </Link>{' '}
                        · {words(state).toLowerCase()}
                      </ListItem>
                    )),
                  ...allSuites
                    .filter(({ definition }) => digests.has(definition.splitDigest))
                    .map(({ suiteDigest, name, version, definition }) => (
                      <ListItem key={suiteDigest}>
                        Suite {name} v{version} of {definition.subset}
                      </ListItem>
                    )),
                ];
                return uses.length === 0 ? <p>Nothing was made of it yet.</p> : <List>{uses}</List>;
              }}
            </Loaded>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
