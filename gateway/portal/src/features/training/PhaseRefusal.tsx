import { useEffect, useRef, type ReactNode } from 'react';
import { Problem } from '@/shared/http/problem';
import { LinkButton } from '@/shared/ui/LinkButton';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** A refusal. If the phase is locked, it offers the two ways to open it. */
export function PhaseRefusal({ error, application }: { error: unknown; application: string }): ReactNode {
  const locked = Problem.of(error).details.type.endsWith('/phase-locked');
  const refusal = useRef<HTMLDivElement>(null);
  useEffect(() => refusal.current?.scrollIntoView?.({ block: 'center' }), [error]);
  return (
    <div className="pl-stack" ref={refusal}>
      <ProblemPanel error={error} />
      {locked && (
        <p>
          Either{' '}
          <LinkButton variant="link" isInline to="/apps/$app" params={{ app: application }}>
            provide the missing evidence
          </LinkButton>
          , or{' '}
          <LinkButton variant="link" isInline to="/apps/$app" params={{ app: application }} search={{ tab: 'waivers' }}>
            request a waiver
          </LinkButton>
          , which another person approves. Your input here is kept.
        </p>
      )}
    </div>
  );
}
