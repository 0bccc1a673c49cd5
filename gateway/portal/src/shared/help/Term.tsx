import { Button, Popover } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { anchorOf, meaningOf, type TermName } from './terms';

/** A word of the glossary, with its meaning in a popover. */
export function Term({ name, children }: { name: TermName; children: string }): ReactNode {
  return (
    <Popover
      aria-label={`Meaning of ${name}`}
      bodyContent={
        <>
          <strong>{name}</strong>: {meaningOf(name)}
        </>
      }
      footerContent={
        <Link to="/help" hash={anchorOf(name)}>
          All terms
        </Link>
      }
    >
      <Button variant="link" isInline className="pl-term">
        {children}
      </Button>
    </Popover>
  );
}
