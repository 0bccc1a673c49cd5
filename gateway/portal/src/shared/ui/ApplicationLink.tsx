import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export function ApplicationLink({ name }: { name: string }): ReactNode {
  return (
    <Link to="/apps/$app" params={{ app: name }}>
      {name}
    </Link>
  );
}
