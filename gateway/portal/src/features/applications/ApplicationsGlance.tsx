import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { applicationsQuery } from './applications';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications } from './NoApplications';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';

/** The first applications, for the home page. */
export function ApplicationsGlance(): ReactNode {
  const register = (
    <LinkButton variant="primary" to="/apps" search={{ do: 'register' }}>
      Register an application
    </LinkButton>
  );
  return (
    <Loaded query={useQuery(applicationsQuery(undefined, 10))} what="applications">
      {({ items }) =>
        items.length === 0 ? <NoApplications action={register} /> : <ApplicationTable applications={items} />
      }
    </Loaded>
  );
}
