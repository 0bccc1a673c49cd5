import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { applicationsQuery } from './applications';
import { ApplicationTable } from './ApplicationTable';
import { NoApplications } from './NoApplications';
import { Loaded } from '@/shared/ui/Loaded';

/** The first applications, for the home page. */
export function ApplicationsGlance(): ReactNode {
  return (
    <Loaded query={useQuery(applicationsQuery(undefined, 10))} what="applications">
      {({ items }) => (items.length === 0 ? <NoApplications /> : <ApplicationTable applications={items} />)}
    </Loaded>
  );
}
