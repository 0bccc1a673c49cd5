import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Verdict, verdictsQuery } from '@/shared/data/evaluations';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { useOpenForm } from '@/shared/data/applicationForm';
import { count, inSentence, words } from '@/shared/text/format';
import { Person } from '@/shared/ui/Person';
import { metricName, metricValue, withMetricNames } from '@/shared/text/metrics';
import { TableFrame } from '@/shared/ui/DataTable';
import { Interval, scaleOf } from '@/shared/ui/Interval';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

/** The verdicts, criterion by criterion. Empty without one. */
export function VerdictsPanel({ application }: { application: string }): ReactNode {
  const query = useQuery(verdictsQuery(application));
  if (query.data?.items.length === 0) return null;
  return (
    <Card>
      <CardTitle component="h2">Verdicts</CardTitle>
      <CardBody>
        <Loaded query={query} what="verdicts">
          {({ items }) => <VerdictTable application={application} verdicts={items} />}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function VerdictTable({ application, verdicts }: { application: string; verdicts: Verdict[] }): ReactNode {
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const open = useOpenForm();
  return (
    <TableFrame aria-label="Verdicts">
      <Thead>
        <Tr>
          <Th>Outcome</Th>
          <Th>Variant</Th>
          <Th>For</Th>
          <Th>Criteria</Th>
          <Th>Issued</Th>
          <Th screenReaderText="Actions" />
        </Tr>
      </Thead>
      <Tbody>
        {verdicts.map((verdict) => {
          const { verdictId, outcome, subjectDigest, kind, phase, runId, criteria, reasons, issuedAt, supersededBy } =
            verdict;
          return (
            <Tr key={verdictId}>
              <Td dataLabel="Outcome">
                <StateLabel state={outcome} />
                {verdict.repricedVerdictId != null && (
                  <div>
                    <Label isCompact status="info">
                      Judged again after a price changed
                    </Label>
                  </div>
                )}
                {supersededBy != null && (
                  <div>
                    <Label isCompact status="warning">
                      {supersession[supersededBy]}
                    </Label>
                  </div>
                )}
              </Td>
              <Td dataLabel="Variant">
                {runId == null ? (
                  variantName(variants, subjectDigest)
                ) : (
                  <Link to="/runs/$run" params={{ run: runId }}>
                    {variantName(variants, subjectDigest)}
                  </Link>
                )}
                {verdict.modelServers.map((server) => (
                  <div key={server.connectionDigest} className="pl-subtle">
                    Its items were sent to {server.host ?? 'a server whose address was not kept'}
                    {server.connectedBy != null && (
                      <>
                        , connected by <Person actor={server.connectedBy} />
                      </>
                    )}
                  </div>
                ))}
              </Td>
              <Td dataLabel="For">{kind === 'PHASE' && phase != null ? `Phase ${inSentence(phase)}` : words(kind)}</Td>
              <Td dataLabel="Criteria">
                {criteria.length === 0 ? reasons.map(withMetricNames).join('; ') : <Judged criteria={criteria} />}
              </Td>
              <Td dataLabel="Issued">
                <Time at={issuedAt} />
              </Td>
              <Td dataLabel="Actions" isActionCell>
                {opens(verdict) && supersededBy == null && (
                  <RoleButton
                    roles={['prompt-engineer', 'ml-engineer']}
                    size="sm"
                    variant={outcome === 'PASS' ? 'secondary' : 'link'}
                    onClick={() => open('release', { variant: subjectDigest })}
                    aria-label={
                      `${outcome === 'PASS' ? 'Request release of' : 'Override the verdict on'} ` +
                      `${variantName(variants, subjectDigest)}`
                    }
                  >
                    {outcome === 'PASS' ? 'Request release' : 'Override…'}
                  </RoleButton>
                )}
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}

/**
 * Returns whether a release can be requested with the verdict. Verdicts on canaries allow none, and a refresh cannot be
 * overridden.
 */
function opens({ kind, outcome }: Verdict): boolean {
  if (kind === 'REFRESH') return outcome === 'PASS';
  return (kind === 'PHASE' || kind === 'RELEASE') && outcome !== 'INCONCLUSIVE';
}

/** The reasons why the release gate ignores a verdict. */
const supersession: Record<NonNullable<Verdict['supersededBy']>, string> = {
  LATER_VERDICT: 'Superseded by a later verdict',
  NEW_CRITERIA: 'Under earlier criteria',
};

/** Criteria that passed in short; for the others, evaluation's own reasons. */
function Judged({ criteria }: Pick<Verdict, 'criteria'>): ReactNode {
  return (
    <ul className="pl-plain">
      {criteria.map((criterion) => {
        const { metric, direction, threshold, measured, outcome, smallestEffect } = criterion;
        const cause = causeOf(criterion);
        return (
          <li key={metric}>
            <StateLabel state={outcome} /> {metricName(metric)}{' '}
            {measured ? (
              <>
                <span className="pl-figures">
                  {metricValue(metric, measured.value)}, {direction === 'AT_LEAST' ? 'at least' : 'at most'}{' '}
                  {metricValue(metric, threshold)} is required
                </span>
                <Interval metric={metric} measure={measured} scale={scaleOf([measured], threshold)} limit={threshold} />
              </>
            ) : (
              'not evaluated'
            )}
            {smallestEffect != null && (
              <div className="pl-subtle">Smallest detectable effect: {metricValue(metric, smallestEffect)}</div>
            )}
            {cause !== undefined && <div className="pl-subtle">{cause}</div>}
          </li>
        );
      })}
    </ul>
  );
}

/** The largest number of further items that an advice names; nobody labels more for one criterion. */
const reachableItems = 10_000;

/**
 * Returns why a criterion is not met; undefined where the drawing shows it. Reasons of another kind are shown as they
 * are.
 */
function causeOf({ outcome, reason, moreItems }: Verdict['criteria'][number]): string | undefined {
  if (outcome === 'PASS' || (outcome === 'FAIL' && reason.endsWith(' is missed'))) return undefined;
  if (reason.includes(' is neither shown nor missed') && moreItems != null) {
    if (moreItems > reachableItems) return 'Too close to call: more items of this kind will not settle it in practice.';
    return `Too close to call: about ${count(moreItems)} more test items would settle it.`;
  }
  return withMetricNames(reason);
}
