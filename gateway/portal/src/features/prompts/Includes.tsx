import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { includesQuery, type IncludedVersion } from './prompts';
import { Loaded } from '@/shared/ui/Loaded';

/** The partials of a version, and whether they have newer versions. */
export function Includes({ name, version }: { name: string; version: number }): ReactNode {
  const query = useQuery(includesQuery(name, version));
  return (
    <Card isCompact>
      <CardTitle component="h2">Partials</CardTitle>
      <CardBody>
        <Loaded query={query} what="the partials" rows={2}>
          {({ items }) => (
            <ul aria-label="Partials">
              {items.map((item) => (
                <li key={item.name}>
                  {item.name} is{' '}
                  <Link
                    to="/prompts/$name/versions/$version"
                    params={{ name: item.prompt, version: String(item.version) }}
                  >
                    {item.prompt} v{item.version}
                  </Link>
                  {movedOn(item)}
                </li>
              ))}
            </ul>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}

/**
 * Returns a note if the partial has changed: by the label that the author named, or by production, or by the newest
 * version.
 */
export function movedOn({ version, label, labels }: Pick<IncludedVersion, 'version' | 'label' | 'labels'>): string {
  const named = [label, 'production', 'latest'].find((one) => one != null && one in labels) ?? 'latest';
  const now = labels[named];
  return now === undefined || now === version ? '' : `; ${named} is now v${now}`;
}
