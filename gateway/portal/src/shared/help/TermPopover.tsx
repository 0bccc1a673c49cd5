import { Button, Popover } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { TermProps } from './Term';
import { anchorOf, meaningOf } from './terms';

export function TermPopover({ name, children }: TermProps): ReactNode {
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
