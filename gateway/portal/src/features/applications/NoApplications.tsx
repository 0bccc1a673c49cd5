import type { ReactNode } from 'react';
import { Empty } from '@/shared/ui/Empty';

export function NoApplications(): ReactNode {
  return (
    <Empty title="No applications yet">
      An application is one use of a model with its criteria, phases and releases. Register the first with <code>POST /api/applications</code>, or
      run <code>./plumbline demo</code> to see a whole one.
    </Empty>
  );
}
