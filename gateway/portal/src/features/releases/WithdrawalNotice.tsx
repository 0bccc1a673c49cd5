import { Alert, List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Release } from '@/shared/data/releases';
import { Time } from '@/shared/ui/Time';

/** The notice that a release stands on data whose admission was withdrawn; nothing for other releases. */
export function WithdrawalNotice({ release }: { release: Release }): ReactNode {
  const { withdrawal, environment } = release;
  if (withdrawal == null) return null;
  return (
    <Alert isInline variant="warning" title={`The release in ${environment} stands on withdrawn data`}>
      <p>
        Since <Time at={withdrawal.since} />.{' '}
        {withdrawal.goesBackAt == null ? (
          'It serves on, because no policy sets a deadline.'
        ) : (
          <>
            It goes back by itself <Time at={withdrawal.goesBackAt} />.
          </>
        )}
      </p>
      <List>
        {withdrawal.parts.map(({ part, dataset, version, purpose }) => (
          <ListItem key={part}>
            {part}: version {version} of {dataset}, no longer admitted for {purpose.toLowerCase()}
          </ListItem>
        ))}
      </List>
    </Alert>
  );
}
