import { Button } from '@patternfly/react-core';
import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';
import type { Session } from '@/shared/session/session';

const FindDialog = lazy(() => import('./FindDialog'));

/** The button that opens the search for all objects, also by Ctrl+K. */
export function Find({ session }: { session: Session }): ReactNode {
  const [isOpen, open] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        open(true);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button variant="control" size="sm" aria-keyshortcuts="Control+K" onClick={() => open(true)}>
        Find… <kbd className="pl-subtle pl-wide">Ctrl K</kbd>
      </Button>
      {isOpen && (
        <Suspense>
          <FindDialog session={session} onClose={() => open(false)} />
        </Suspense>
      )}
    </>
  );
}
