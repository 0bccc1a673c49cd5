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
import { TableFrame } from '@/shared/ui/DataTable';
import { Term } from '@/shared/help/Term';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

interface GuardCardProps {
  guard: Guard;
  release: Release | undefined;
}

/** The guard of a canary: its counts, the rule for its decision, and the decision. */
export function GuardCard({ guard, release }: GuardCardProps): ReactNode {
  const { application, environment, candidateDigest, state, startedAt, sampleRatioMismatch } = guard;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  return (
    <Card>
      <CardTitle component="h2">
        <Term name="guard">Guard</Term> of {variantName(variants, candidateDigest)} in {environment}{' '}
        <StateLabel state={state} />
      </CardTitle>
      <CardBody>
        <div className="pl-stack">
          <Decision guard={guard} release={release} />
          <Evidence guard={guard} />
          {sampleRatioMismatch && (
            <Alert isInline variant="warning" component="h3" title="Sample ratio mismatch between the arms">
              <p>
                A few busy callers can cause this, because each caller stays with one arm. The canary is not halted, but
                the arms may not be comparable.
              </p>
            </Alert>
          )}
          <ArmTable guard={guard} />
          <Rule guard={guard} />
          <p className="pl-subtle">
            Started <Time at={startedAt} />
          </p>
        </div>
      </CardBody>
    </Card>
  );
}

/** The compared answers of the canary, of those that its release registered, and what they lack. */
function Evidence({ guard: { state, plannedAnswers, comparedAnswers, missingCallers } }: { guard: Guard }): ReactNode {
  return (
    <>
      {plannedAnswers != null && (
        <p>
          {count(comparedAnswers)} of {count(plannedAnswers)} registered answers compared.{' '}
          {comparedAnswers < plannedAnswers &&
            'Before that, another person than the requester promotes it for a reason.'}
        </p>
      )}
      {state === 'RUNNING' && missingCallers != null && (
        <Alert isInline variant="warning" component="h3" title="Inconclusive: too few callers">
          <p>{missingCallers}</p>
          <p>An API key that is trusted to name its users counts each of them as a caller.</p>
        </Alert>
      )}
    </>
  );
}

function Decision({ guard: { application, state, verdictId, passAfterRequests }, release }: GuardCardProps): ReactNode {
  const verdict = useQuery(verdictsQuery(application)).data?.items.find((one) => one.verdictId === verdictId);
  switch (state) {
    case 'RUNNING':
      return (
        <p>
          No harm detected so far. The guard can only halt a canary. Promote it yourself when the evidence is
          sufficient.
          {passAfterRequests > 0 &&
            ` After ${count(passAfterRequests)} calls without harm the canary passes and monitoring ends.`}
        </p>
      );
    case 'FAILED':
      return (
        <Alert
          isInline
          variant="danger"
          component="h3"
          title={release?.state === 'HALTED' ? 'Halted: harm detected' : 'Harm detected'}
        >
          {verdict?.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Alert>
      );
    case 'PASSED':
      return (
        <Alert isInline variant="success" component="h3" title="Passed: monitoring has ended">
          {verdict?.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Alert>
      );
    case 'INCONCLUSIVE':
      return (
        <Alert
          isInline
          variant="warning"
          component="h3"
          title="Halted: the guard can no longer count the calls of an arm"
        >
          {verdict?.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </Alert>
      );
    case 'ENDED':
      return <p>The release left the canary state before the guard decided.</p>;
  }
}

function ArmTable({
  guard: { percent, candidateRequests, controlRequests, candidateAbstentions, controlAbstentions, errors, judgedWrong },
}: {
  guard: Guard;
}): ReactNode {
  const requests = candidateRequests + controlRequests;
  return (
    <TableFrame aria-label="Arms of the canary">
      <Thead>
        <Tr>
          <Th>Outcome</Th>
          <Th className="pl-number">Canary</Th>
          <Th className="pl-number">Control</Th>
          <Th className="pl-number">Evidence of harm</Th>
          <Th screenReaderText="Chart of the evidence" />
        </Tr>
      </Thead>
      <Tbody>
        <Tr>
          <Td dataLabel="Outcome">
            Calls answered{percent != null && <div className="pl-subtle">{percent} % to the canary</div>}
          </Td>
          <Td dataLabel="Canary" className="pl-number">
            <Share part={candidateRequests} of={requests} withTotal={false} />
          </Td>
          <Td dataLabel="Control" className="pl-number">
            <Share part={controlRequests} of={requests} withTotal={false} />
          </Td>
          <Td dataLabel="Evidence of harm" className="pl-number">
            —
          </Td>
          <Td />
        </Tr>
        {candidateAbstentions + controlAbstentions > 0 && (
          <Tr>
            <Td dataLabel="Outcome">Abstained</Td>
            <Td dataLabel="Canary" className="pl-number">
              <Share part={candidateAbstentions} of={candidateRequests} withTotal />
            </Td>
            <Td dataLabel="Control" className="pl-number">
              <Share part={controlAbstentions} of={controlRequests} withTotal />
            </Td>
            <Td dataLabel="Evidence of harm" className="pl-number">
              —
            </Td>
            <Td />
          </Tr>
        )}
        <ArmRow what="Errors" arms={errors} />
        <ArmRow what="Answers judged wrong" arms={judgedWrong} />
      </Tbody>
    </TableFrame>
  );
}

function ArmRow({ what, arms }: { what: string; arms: Arms }): ReactNode {
  const {
    candidateEvents,
    candidateTrials,
    controlEvents,
    controlTrials,
    evidence,
    requiredEvidence,
    minimumSampleSize,
  } = arms;
  const enough = Math.min(candidateTrials, controlTrials) >= minimumSampleSize;
  return (
    <Tr>
      <Td dataLabel="Outcome">{what}</Td>
      <Td dataLabel="Canary" className="pl-number">
        <Share part={candidateEvents} of={candidateTrials} withTotal />
      </Td>
      <Td dataLabel="Control" className="pl-number">
        <Share part={controlEvents} of={controlTrials} withTotal />
      </Td>
      <Td dataLabel="Evidence of harm" className="pl-number">
        {figure(evidence)} of {count(requiredEvidence)}
        {!enough && <div className="pl-subtle">too few yet: needs {count(minimumSampleSize)} per arm</div>}
      </Td>
      <Td dataLabel="Chart of the evidence">
        <EvidenceOfHarm evidence={evidence} required={requiredEvidence} />
      </Td>
    </Tr>
  );
}

/** Shows "12 of 400" with the rate below. For calls it shows only the part, because no cell has their sum. */
function Share({ part, of, withTotal }: { part: number; of: number; withTotal: boolean }): ReactNode {
  return (
    <>
      {count(part)}
      {withTotal && ` of ${count(of)}`}
      {of > 0 && <div className="pl-subtle">{((100 * part) / of).toFixed(1)} %</div>}
    </>
  );
}

function Rule({ guard: { errors, judgedWrong } }: { guard: Guard }): ReactNode {
  return (
    <p className="pl-subtle">
      Rule: the canary is halted as soon as the evidence that it is worse than the control reaches{' '}
      {count(errors.requiredEvidence)}. Errors count after at least {count(errors.minimumSampleSize)} calls per arm,
      answers judged wrong after at least {count(judgedWrong.minimumSampleSize)} judged answers per arm. A canary that
      is no worse is halted with a probability of at most{' '}
      {(100 * (1 / errors.requiredEvidence + 1 / judgedWrong.requiredEvidence)).toFixed(0)} %, however often it is
      checked. The limits are settings of the installation.
    </p>
  );
}

function figure(evidence: number): string {
  if (evidence >= 1_000_000) return 'over a million';
  return evidence >= 100 ? count(evidence) : evidence.toPrecision(2);
}
