import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { unheldRolesQuery } from './workspaces';

/** A warning for each role that the work of a workspace needs and that nobody has. */
export function UnheldRoles({ workspaceId }: { workspaceId: string }): ReactNode {
  const { data, isError } = useQuery(unheldRolesQuery(workspaceId));
  if (isError) return <span className="pl-subtle">not known: Keycloak does not answer</span>;
  if (data === undefined) return null;
  if (data.roles.length === 0) return 'none';
  return (
    <>
      {data.roles.map(({ role, neededTo }) => (
        <div key={role}>
          <Label color="orange" isCompact>
            {role}
          </Label>{' '}
          <span className="pl-subtle">Nobody can {neededTo}.</span>
        </div>
      ))}
      {!data.complete && <div className="pl-subtle">Not all accounts were read, so somebody may have them.</div>}
    </>
  );
}
