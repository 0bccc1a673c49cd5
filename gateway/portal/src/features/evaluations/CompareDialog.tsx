import { Checkbox, FormGroup } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { baselinesQuery, requestComparison } from './evaluations';
import { runsQuery, type Run } from '@/shared/data/evaluations';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { formatTime, useZone } from '@/shared/text/time';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

interface CompareDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** Compares runs of the same questions, item by item. */
export function CompareDialog({ application, onDone, onClose }: CompareDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const { value, change, forget } = useDraft<{ baseline: string; others?: string[] }>(`compare.${application}`, {
    baseline: '',
  });
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const runs = (useQuery(runsQuery(application)).data?.items ?? []).filter(({ state }) => state === 'FINISHED');
  const recorded = useQuery(baselinesQuery(application)).data?.items[0]?.runId;
  const baseline = runs.find(({ runId }) => runId === (value.baseline || recorded)) ?? runs.at(-1);
  const others = runs.filter(
    ({ runId, suiteDigest }) => runId !== baseline?.runId && suiteDigest === baseline?.suiteDigest,
  );
  // A single other run needs no choosing.
  const chosen = others
    .filter(({ runId }) => value.others?.includes(runId) ?? others.length === 1)
    .map(({ runId }) => runId);
  const comparison = { application, baselineRunId: baseline?.runId ?? '', runIds: chosen, seed: 7 };
  const key = useIdempotencyKey(comparison);
  const comparing = useMutation({
    mutationFn: () => requestComparison(comparison, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['comparisons', application] });
      onDone();
    },
  });
  const described = ({ variantDigest, createdAt }: Run) =>
    `${variantName(variants, variantDigest)} · ${formatTime(createdAt, zone)}`;
  return (
    <FormDialog
      title="Compare measurements"
      description="On the items that both answered: how each differs from the first, with an interval, and whether that could be chance."
      action="Compare"
      pending={comparing.isPending}
      blocked={
        others.length === 0
          ? 'Measure a second variant on the same suite first.'
          : chosen.length === 0
            ? 'Choose what to compare.'
            : undefined
      }
      error={comparing.error}
      onSubmit={() => comparing.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="compare-baseline"
        label="Compare with"
        isRequired
        value={baseline?.runId ?? ''}
        choices={runs.map((run) => ({ value: run.runId, label: described(run) }))}
        onChange={(next) => change({ baseline: next })}
      />
      <FormGroup role="group" isStack label="These" fieldId="compare-others">
        {others.map((run) => (
          <Checkbox
            key={run.runId}
            id={`compare-${run.runId}`}
            label={described(run)}
            isChecked={chosen.includes(run.runId)}
            onChange={(_event, checked) =>
              change({ ...value, others: checked ? [...chosen, run.runId] : chosen.filter((one) => one !== run.runId) })
            }
          />
        ))}
      </FormGroup>
    </FormDialog>
  );
}
