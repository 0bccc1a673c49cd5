import type { ReactNode } from 'react';
import { Empty } from '@/shared/ui/Empty';

export function NoApplications({ action }: { action?: ReactNode }): ReactNode {
  return (
    <Empty title="No applications yet" action={action}>
      An application is one use of a model with its criteria, phases and releases. Register the first, or run{' '}
      <code>./plumbline demo</code> to see a complete example.
    </Empty>
  );
}
