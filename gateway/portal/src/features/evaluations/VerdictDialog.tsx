import { Alert, Content, List, ListItem } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { criteriaQuery, type Criteria, type PhaseName } from '@/shared/data/applications';
import { requestVerdict, type RequestVerdict } from './evaluations';
import { runsQuery, type Run } from '@/shared/data/evaluations';
import { phaseOf, variantName, variantsQuery } from '@/shared/data/variants';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count, words } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { formatTime, useZone } from '@/shared/text/time';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const phases: PhaseName[] = ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'];
const release = 'RELEASE';

interface VerdictDialogProps {
  application: string;
  run: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Holds a finished run against the criteria that were in force when it began. */
export function VerdictDialog({ application, run: pointed, onDone, onClose }: VerdictDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const { value, change, forget } = useDraft(`verdict.${application}`, { run: '', for: '' });
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const runs = (useQuery(runsQuery(application)).data?.items ?? []).filter(({ state }) => state === 'FINISHED');
  const criteria = useQuery(criteriaQuery(application)).data?.items ?? [];
  const run = runs.find(({ runId }) => runId === (value.run || pointed)) ?? runs[0];
  const before = run && inForceAt(criteria, run);
  const purpose = value.for || phaseOf(variants.find(({ variantDigest }) => variantDigest === run?.variantDigest));
  const verdict: RequestVerdict = {
    application,
    runId: run?.runId ?? '',
    criteriaDigest: before?.criteriaDigest ?? '',
    kind: purpose === release ? 'RELEASE' : 'PHASE',
    phase: purpose === release ? undefined : (purpose as PhaseName),
  };
  const key = useIdempotencyKey(verdict);
  const judging = useMutation({
    mutationFn: () => requestVerdict(verdict, key),
    onSuccess: async () => {
      forget();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['verdicts', application] }),
        queries.invalidateQueries({ queryKey: ['application', application] }),
      ]);
      onDone();
    },
  });
  return (
    <FormDialog
      title="Ask for a verdict"
      description="Each criterion passes, fails, or stays open where the interval crosses the threshold. The verdict holds for exactly this variant."
      action="Judge"
      pending={judging.isPending}
      blocked={
        run === undefined
          ? 'Measure a variant first.'
          : before === undefined
            ? 'No criteria were registered before this run: start another.'
            : undefined
      }
      error={judging.error}
      onSubmit={() => judging.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="verdict-run"
        label="Measurement"
        isRequired
        value={run?.runId ?? ''}
        placeholder={runs.length === 0 ? 'None has finished' : undefined}
        choices={runs.map(({ runId, variantDigest, createdAt }) => ({
          value: runId,
          label: `${variantName(variants, variantDigest)} · ${formatTime(createdAt, zone)}`,
        }))}
        onChange={(next) => change({ ...value, run: next })}
      />
      <SelectField
        id="verdict-for"
        label="For"
        isRequired
        value={purpose}
        choices={[
          ...phases.map((phase) => ({ value: phase, label: `The phase ${words(phase).toLowerCase()}, and release` })),
          { value: release, label: 'Release only' },
        ]}
        help="A phase's verdict moves the phase, and lets the variant be released as well"
        onChange={(next) => change({ ...value, for: next })}
      />
      {before && <Held criteria={before} newest={before === criteria[0]} />}
    </FormDialog>
  );
}

function Held({ criteria: { version, criteria }, newest }: { criteria: Criteria; newest: boolean }): ReactNode {
  return (
    <Content>
      <p>Held against version {version} of the criteria:</p>
      <List>
        {criteria.map(({ metric, direction, threshold, sampleSize }) => (
          <ListItem key={metric}>
            {metricName(metric)} {direction === 'AT_LEAST' ? 'at least' : 'at most'} {metricValue(metric, threshold)},
            from {count(sampleSize)} items or more
          </ListItem>
        ))}
      </List>
      {!newest && (
        <Alert
          isInline
          isPlain
          variant="warning"
          component="h3"
          title="Newer criteria are in force: for a release, measure again and ask then."
        />
      )}
    </Content>
  );
}

/** The newest criteria that were registered before the run began; they come newest first. */
function inForceAt(criteria: Criteria[], run: Run): Criteria | undefined {
  return criteria.find(({ registeredAt }) => Date.parse(registeredAt) <= Date.parse(run.createdAt));
}
