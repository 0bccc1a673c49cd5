import { ProgressStep, ProgressStepper, type ProgressStepProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { PhaseName, PhaseState } from '@/shared/data/applications';
import { Term } from '@/shared/help/Term';
import { words } from '@/shared/text/format';

const looks: Record<PhaseState, ProgressStepProps['variant']> = {
  LOCKED: 'pending',
  OPEN: 'info',
  MET: 'success',
  MISSED: 'danger',
  WAIVED: 'warning',
};

/** The phases in the order in which they open. */
export function PhaseTrack({
  phases,
  label,
}: {
  phases: { phase: PhaseName; state: PhaseState }[];
  label: string;
}): ReactNode {
  return (
    <ProgressStepper aria-label={label} isCompact={false}>
      {phases.map(({ phase, state }) => (
        <ProgressStep
          key={phase}
          id={`step-${phase}`}
          titleId={`step-${phase}-title`}
          variant={looks[state]}
          isCurrent={state === 'OPEN'}
          description={state === 'WAIVED' ? <Term name="waiver">Waived</Term> : words(state)}
          aria-label={`${words(phase)}: ${words(state)}`}
        >
          {words(phase)}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
}
