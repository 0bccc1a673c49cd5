import { lazy, Suspense, type ReactNode } from 'react';
import type { TermName } from './terms';

export interface TermProps {
  name: TermName;
  children: string;
}

const TermPopover = lazy(() =>
  import('./TermPopover').then(
    (module) => ({ default: module.TermPopover }),
    () => ({ default: ({ children }: TermProps) => children }),
  ),
);

/** A word of the glossary, with its meaning in a popover, which is loaded after the page. It is plain if that fails. */
export function Term(props: TermProps): ReactNode {
  return (
    <Suspense fallback={props.children}>
      <TermPopover {...props} />
    </Suspense>
  );
}
