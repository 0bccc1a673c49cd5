import { Td } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { JobLine, Sweep } from './jobs';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { StateLabel } from '@/shared/ui/StateLabel';

/**
 * A link to a job or sweep by the end of its id. The beginning encodes the time, and is alike for those created
 * together.
 */
export function IdLink(of: { job: string; sweep?: undefined } | { sweep: string; job?: undefined }): ReactNode {
  return of.sweep === undefined ? (
    <Link to="/training/$job" params={{ job: of.job }}>
      <code>{of.job.slice(-12)}</code>
    </Link>
  ) : (
    <Link to="/sweeps/$sweep" params={{ sweep: of.sweep }}>
      <code>{of.sweep.slice(-12)}</code>
    </Link>
  );
}

/** The cells that jobs and sweeps share: state, application and base model. */
export function ApplicationCells({
  of: { state, application, baseModel },
}: {
  of: Pick<JobLine | Sweep, 'state' | 'application' | 'baseModel'>;
}): ReactNode {
  return (
    <>
      <Td dataLabel="State">
        <StateLabel state={state} />
      </Td>
      <Td dataLabel="Application">
        <ApplicationLink name={application} />
      </Td>
      <Td dataLabel="Base model">{baseModel}</Td>
    </>
  );
}
