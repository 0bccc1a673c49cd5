import { Alert, Content, List, ListItem } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { requestVerdict, type RequestVerdict } from './evaluations';
import { criteriaQuery, inForceOf, type Criteria } from '@/shared/data/applications';
import { runsQuery, type Run } from '@/shared/data/evaluations';
import { phaseOf, variantName, variantsQuery } from '@/shared/data/variants';
import { ChoiceField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count, inSentence } from '@/shared/text/format';
import { metricName, metricValue } from '@/shared/text/metrics';
import { formatTime, useZone } from '@/shared/text/time';
import { FormDialog } from '@/shared/form/FormDialog';

const release = 'RELEASE';
const schema = z.object({ run: z.string(), purpose: z.string() });

interface VerdictDialogProps {
  application: string;
  run: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Judges a finished run by the criteria that were in force when it started. */
export function VerdictDialog({ application, run: pointed, onDone, onClose }: VerdictDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const form = useCommandForm({
    draft: `verdict.${application}`,
    schema,
    initial: { run: '', purpose: '' },
    command: (): RequestVerdict => ({
      application,
      runId: run?.runId ?? '',
      criteriaDigest: before?.criteriaDigest ?? '',
      kind: before?.purpose === 'REFRESH' ? 'REFRESH' : purpose === release ? 'RELEASE' : 'PHASE',
    }),
    send: requestVerdict,
    onSent: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['verdicts', application] }),
        queries.invalidateQueries({ queryKey: ['application', application] }),
      ]);
      onDone();
    },
  });
  const { control, values } = form;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const runs = (useQuery(runsQuery(application)).data?.items ?? []).filter(({ state }) => state === 'FINISHED');
  const criteria = useQuery(criteriaQuery(application)).data?.items ?? [];
  const run = runs.find(({ runId }) => runId === (values.run || pointed)) ?? runs[0];
  const before = run && inForceAt(criteria, run);
  const phase = phaseOf(variants.find(({ variantDigest }) => variantDigest === run?.variantDigest));
  const purpose = values.purpose || phase;
  return (
    <FormDialog
      title="Request a verdict"
      description={
        'Each criterion passes, fails, or stays inconclusive where the interval contains the threshold. The ' +
        'verdict holds for exactly this variant.'
      }
      action="Request verdict"
      form={form}
      blocked={
        run === undefined
          ? 'Evaluate a variant first.'
          : before === undefined
            ? 'No criteria were registered before this run started. Start another run.'
            : form.blocked
      }
      onClose={onClose}
    >
      <ChoiceField
        id="verdict-run"
        control={control}
        name="run"
        label="Run"
        isRequired
        fallback={run?.runId}
        placeholder={runs.length === 0 ? 'No run has finished' : undefined}
        choices={runs.map(({ runId, variantDigest, createdAt }) => ({
          value: runId,
          label: `${variantName(variants, variantDigest)} · ${formatTime(createdAt, zone)}`,
        }))}
      />
      <ChoiceField
        id="verdict-for"
        control={control}
        name="purpose"
        label="For"
        isRequired
        fallback={purpose}
        choices={
          before?.purpose === 'REFRESH'
            ? [{ value: phase, label: 'A refresh of the released variant' }]
            : [
                { value: phase, label: `The ${inSentence(phase)} phase, and release` },
                { value: release, label: 'Release only' },
              ]
        }
        help="The parts of a variant determine its phase. A verdict for the phase also allows the release"
      />
      {before && <CriteriaInForce criteria={before} newest={before === inForceOf(criteria, before.purpose)} />}
    </FormDialog>
  );
}

function CriteriaInForce({
  criteria: { version, criteria },
  newest,
}: {
  criteria: Criteria;
  newest: boolean;
}): ReactNode {
  return (
    <Content>
      <p>Judged by version {version} of the criteria:</p>
      <List>
        {criteria.map(({ metric, direction, threshold, sampleSize }) => (
          <ListItem key={metric}>
            {metricName(metric)} {direction === 'AT_LEAST' ? 'at least' : 'at most'} {metricValue(metric, threshold)},
            on at least {count(sampleSize)} items
          </ListItem>
        ))}
      </List>
      {!newest && (
        <Alert
          isInline
          isPlain
          variant="warning"
          component="h3"
          title={
            'Newer criteria are in force. To release the variant, evaluate it again and request a verdict ' +
            'on the new run.'
          }
        />
      )}
    </Content>
  );
}

/**
 * Returns the criteria for a run, among those in force when it started: the criteria that name its suite, or else the
 * criteria of releases.
 */
function inForceAt(criteria: Criteria[], run: Run): Criteria | undefined {
  const before = criteria.filter(({ registeredAt }) => Date.parse(registeredAt) <= Date.parse(run.createdAt));
  const refreshes = inForceOf(before, 'REFRESH');
  return refreshes?.suiteDigest === run.suiteDigest ? refreshes : inForceOf(before);
}
