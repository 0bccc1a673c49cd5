import { Alert, Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { verdictsQuery } from '@/shared/data/evaluations';
import type { Arms, Guard } from './releases';
import { variantName, variantsQuery } from '@/shared/data/variants';
import type { Release } from '@/shared/data/releases';
import { EvidenceOfHarm } from './EvidenceOfHarm';
import { count } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface GuardCardProps {
  guard: Guard;
  release: Release | undefined;
}

/** What a canary's guard has seen, by which rule it speaks, and what it has said. */
export function GuardCard({ guard, release }: GuardCardProps): ReactNode {
  const { application, environment, candidateDigest, state, beganAt, sampleRatioMismatch } = guard;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  return (
    <Card>
      <CardTitle component="h2">
        Guard of {variantName(variants, candidateDigest)} in {environment} <StateLabel state={state} />
      </CardTitle>
      <CardBody>
        <div className="pl-stack">
          <Decision guard={guard} release={release} />
          {sampleRatioMismatch && (
            <Alert isInline variant="warning" component="h3" title="The arms do not share the calls as they should">
              <p>
                A few busy callers can cause that, since each stays with its arm. It halts nothing, but the arms may not
                be alike.
              </p>
            </Alert>
          )}
          <ArmTable guard={guard} />
          <Rule guard={guard} />
          <p className="pl-subtle">
            Begun <Time at={beganAt} />
          </p>
        </div>
      </CardBody>
    </Card>
  );
}

function Decision({ guard: { application, state, verdictId, passAfterRequests }, release }: GuardCardProps): ReactNode {
  const verdict = useQuery(verdictsQuery(application)).data?.items.find((one) => one.verdictId === verdictId);
  switch (state) {
    case 'WATCHING':
      return (
        <p>
          No harm is shown so far. The guard only halts: whoever has seen enough promotes the canary.
          {passAfterRequests > 0 &&
            ` After ${count(passAfterRequests)} calls without harm it passes the canary and watches no longer.`}
        </p>
      );
    case 'FAILED':
      return (
        <Alert
          isInline
          variant="danger"
          component="h3"
          title={release?.state === 'HALTED' ? 'Halted: harm is shown' : 'Harm is shown'}
        >
          {verdict?.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Alert>
      );
    case 'PASSED':
      return (
        <Alert isInline variant="success" component="h3" title="Passed: it watches no longer">
          {verdict?.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Alert>
      );
    case 'ENDED':
      return <p>The release left its canary before the guard had anything to say.</p>;
  }
}

function ArmTable({
  guard: { percent, candidateRequests, controlRequests, errors, judgedWrong },
}: {
  guard: Guard;
}): ReactNode {
  const requests = candidateRequests + controlRequests;
  return (
    <DataTable aria-label="Arms of the canary">
      <Thead>
        <Tr>
          <Th>Counted</Th>
          <Th className="pl-number">Canary</Th>
          <Th className="pl-number">Control</Th>
          <Th className="pl-number">Evidence of harm</Th>
          <Th screenReaderText="Evidence drawn" />
        </Tr>
      </Thead>
      <Tbody>
        <Tr>
          <Td dataLabel="Counted">
            Calls answered{percent != null && <div className="pl-subtle">{percent} % to the canary</div>}
          </Td>
          <Td dataLabel="Canary" className="pl-number">
            <Share part={candidateRequests} of={requests} whole={false} />
          </Td>
          <Td dataLabel="Control" className="pl-number">
            <Share part={controlRequests} of={requests} whole={false} />
          </Td>
          <Td dataLabel="Evidence of harm" className="pl-number">
            —
          </Td>
          <Td />
        </Tr>
        <ArmRow what="Errors" arms={errors} />
        <ArmRow what="Answers judged wrong" arms={judgedWrong} />
      </Tbody>
    </DataTable>
  );
}

function ArmRow({ what, arms }: { what: string; arms: Arms }): ReactNode {
  const { candidateEvents, candidateTrials, controlEvents, controlTrials, evidence, needed, least } = arms;
  const enough = Math.min(candidateTrials, controlTrials) >= least;
  return (
    <Tr>
      <Td dataLabel="Counted">{what}</Td>
      <Td dataLabel="Canary" className="pl-number">
        <Share part={candidateEvents} of={candidateTrials} whole />
      </Td>
      <Td dataLabel="Control" className="pl-number">
        <Share part={controlEvents} of={controlTrials} whole />
      </Td>
      <Td dataLabel="Evidence of harm" className="pl-number">
        {figure(evidence)} of {count(needed)}
        {!enough && <div className="pl-subtle">too few yet: {count(least)} in each arm</div>}
      </Td>
      <Td dataLabel="Evidence drawn">
        <EvidenceOfHarm evidence={evidence} needed={needed} />
      </Td>
    </Tr>
  );
}

/** 12 of 400, and the rate below; of calls, whose sum is in no cell, the part alone. */
function Share({ part, of, whole }: { part: number; of: number; whole: boolean }): ReactNode {
  return (
    <>
      {count(part)}
      {whole && ` of ${count(of)}`}
      {of > 0 && <div className="pl-subtle">{((100 * part) / of).toFixed(1)} %</div>}
    </>
  );
}

function Rule({ guard: { errors, judgedWrong } }: { guard: Guard }): ReactNode {
  return (
    <p className="pl-subtle">
      The rule: it halts the canary as soon as the evidence that it is worse than the control reaches{' '}
      {count(errors.needed)}, in errors once each arm has answered {count(errors.least)} calls, or in answers judged
      wrong once each has {count(judgedWrong.least)} that were judged. However often it looks, it halts a canary that is
      no worse with a probability of at most {(100 * (1 / errors.needed + 1 / judgedWrong.needed)).toFixed(0)} %. The
      limits are settings of the installation.
    </p>
  );
}

function figure(evidence: number): string {
  if (evidence >= 1_000_000) return 'over a million';
  return evidence >= 100 ? count(evidence) : evidence.toPrecision(2);
}
