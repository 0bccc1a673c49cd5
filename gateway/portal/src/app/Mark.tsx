import type { ReactNode } from 'react';

export function Mark(): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 1v13" strokeWidth="2.5" />
      <path d="M10 14h12l-6 17z" stroke="none" />
    </svg>
  );
}
