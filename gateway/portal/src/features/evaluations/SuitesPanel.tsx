import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { computeTrivialScores } from './evaluations';
import { criteriaQuery } from '@/shared/data/applications';
import { runsQuery } from '@/shared/data/evaluations';
import { describedSuite, suitesQuery, type Suite } from '@/shared/data/suites';
import { metricName } from '@/shared/text/metrics';
import { trivialScore, triviallyScored } from '@/shared/text/trivial';
import { TableFrame } from '@/shared/ui/DataTable';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The suites of an application's runs and criteria, with the scores of trivial variants over their items. */
export function SuitesPanel({ application }: { application: string }): ReactNode {
  const runs = useQuery(runsQuery(application)).data?.items ?? [];
  const criteria = useQuery(criteriaQuery(application)).data?.items ?? [];
  const used = new Set([...runs, ...criteria].map(({ suiteDigest }) => suiteDigest));
  const suites = (useQuery(suitesQuery).data?.items ?? []).filter(({ suiteDigest }) => used.has(suiteDigest));
  const queries = useQueryClient();
  const computing = useMutation({
    mutationFn: computeTrivialScores,
    onSuccess: () => queries.invalidateQueries({ queryKey: suitesQuery.queryKey }),
  });
  if (suites.length === 0) return null;
  return (
    <Card>
      <CardTitle component="h2">Suites</CardTitle>
      <CardBody>
        <p className="pl-subtle">
          Trivial variants always abstain, never abstain, or always answer the same label. A criterion on quality is
          refused if one of them meets its threshold and a higher one is possible, and at least one must be missed by
          all of them. Criteria on latency, cost and consistency are not held to this rule.
        </p>
        {computing.isError && <ProblemPanel error={computing.error} />}
        <TableFrame aria-label="Suites">
          <Thead>
            <Tr>
              <Th>Suite</Th>
              <Th>Metric</Th>
              <Th>Scores of trivial variants</Th>
            </Tr>
          </Thead>
          {suites.map((suite) => (
            <Tbody key={suite.suiteDigest}>
              {suite.trivialScores == null ? (
                <Tr>
                  <Td dataLabel="Suite">{describedSuite(suite)}</Td>
                  <Td dataLabel="Metric">—</Td>
                  <Td dataLabel="Scores of trivial variants">
                    <RoleButton
                      roles={['prompt-engineer', 'ml-engineer', 'data-steward']}
                      variant="secondary"
                      size="sm"
                      onClick={() => computing.mutate(suite.suiteDigest)}
                    >
                      Compute
                    </RoleButton>
                  </Td>
                </Tr>
              ) : (
                <Scores suite={suite} />
              )}
            </Tbody>
          ))}
        </TableFrame>
      </CardBody>
    </Card>
  );
}

function Scores({ suite }: { suite: Suite }): ReactNode {
  const variants = suite.trivialScores ?? [];
  return triviallyScored(suite.metrics, variants).map((metric, row) => (
    <Tr key={metric}>
      <Td dataLabel="Suite">{row === 0 && describedSuite(suite)}</Td>
      <Td dataLabel="Metric">{metricName(metric)}</Td>
      <Td dataLabel="Scores of trivial variants">
        {variants
          .flatMap((variant) => {
            const score = variant.scores[metric];
            return score === undefined ? [] : [trivialScore(metric, score, variant)];
          })
          .join(', ')}
      </Td>
    </Tr>
  ));
}
