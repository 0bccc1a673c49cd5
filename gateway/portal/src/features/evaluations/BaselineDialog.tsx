import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { PhaseName } from '@/shared/data/applications';
import { recordBaseline } from './evaluations';
import { runsQuery } from '@/shared/data/evaluations';
import { phaseOf, variantName, variantsQuery } from '@/shared/data/variants';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const phases: PhaseName[] = ['PROMPT', 'RETRIEVAL', 'FINE_TUNING'];

interface BaselineDialogProps {
  application: string;
  run: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Records what later variants of a phase are held against. */
export function BaselineDialog({ application, run: pointed, onDone, onClose }: BaselineDialogProps): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`baseline.${application}`, { phase: '' });
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const run = useQuery(runsQuery(application)).data?.items.find(({ runId }) => runId === pointed);
  const phase = (value.phase ||
    phaseOf(variants.find(({ variantDigest }) => variantDigest === run?.variantDigest))) as PhaseName;
  const baseline = { application, phase, runId: run?.runId ?? '' };
  const key = useIdempotencyKey(baseline);
  const recording = useMutation({
    mutationFn: () => recordBaseline(baseline, key),
    onSuccess: async () => {
      forget();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['baselines', application] }),
        queries.invalidateQueries({ queryKey: ['application', application] }),
      ]);
      onDone();
    },
  });
  return (
    <FormDialog
      title={`Record ${variantName(variants, run?.variantDigest)} as baseline`}
      description="Where a criterion has a margin, later variants must not be worse than the baseline by more than it, item by item."
      action="Record baseline"
      variant="small"
      pending={recording.isPending}
      blocked={run === undefined ? 'The measurement is not there.' : undefined}
      error={recording.error}
      onSubmit={() => recording.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="baseline-phase"
        label="Phase"
        isRequired
        value={phase}
        choices={phases.map((one) => ({ value: one, label: words(one) }))}
        onChange={(next) => change({ phase: next })}
      />
    </FormDialog>
  );
}
