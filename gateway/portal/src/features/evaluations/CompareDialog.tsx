import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { requestComparison } from './evaluations';
import { baselinesQuery, runsQuery, type Run } from '@/shared/data/evaluations';
import { carriesVerdicts, suitesQuery } from '@/shared/data/suites';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { Checklist, ChoiceField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { formatTime, useZone } from '@/shared/text/time';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({ baseline: z.string(), others: z.array(z.string()) });

interface CompareDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that compares runs over the same items, item by item. */
export function CompareDialog({ application, onDone, onClose }: CompareDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const runs = (useQuery(runsQuery(application)).data?.items ?? []).filter(({ state }) => state === 'FINISHED');
  const baselines = useQuery(baselinesQuery(application)).data?.items ?? [];
  const suiteOf = ({ suiteDigest }: Run) => suites.find((one) => one.suiteDigest === suiteDigest);
  // Runs over test items are compared only with a recorded baseline, runs over other rows with each other.
  const comparable = runs.filter((run) => {
    const suite = suiteOf(run);
    return baselines.some(({ runId }) => runId === run.runId) || (suite !== undefined && !carriesVerdicts(suite));
  });
  const form = useCommandForm({
    draft: `compare.${application}`,
    schema,
    initial: { baseline: '', others: [] },
    command: () => ({ application, baselineRunId: baseline?.runId ?? '', runIds: chosen, seed: 7 }),
    send: requestComparison,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['comparisons', application] });
      onDone();
    },
  });
  const baseline: Run | undefined =
    comparable.find(({ runId }) => runId === (form.values.baseline || baselines[0]?.runId)) ?? comparable.at(-1);
  const others = runs.filter(
    ({ runId, suiteDigest }) => runId !== baseline?.runId && suiteDigest === baseline?.suiteDigest,
  );
  // If there is only one other run, it is chosen already.
  const chosen: string[] =
    others.length === 1
      ? others.map(({ runId }) => runId)
      : others.map(({ runId }) => runId).filter((runId) => form.values.others.includes(runId));
  const described = (run: Run) => {
    const { variantDigest, createdAt } = run;
    const suite = suiteOf(run);
    const over = suite ? ` · ${suite.name} v${suite.version}, ${suite.definition.subset}` : '';
    return `${variantName(variants, variantDigest)}${over} · ${formatTime(createdAt, zone)}`;
  };
  return (
    <FormDialog
      title="Compare runs"
      description={
        'Shows the difference of each run to the first, with an interval and a significance test, on the ' +
        'items that both answered. Runs over validation rows are compared as exploration.'
      }
      action="Compare"
      form={form}
      blocked={
        baseline === undefined
          ? 'Record a run as a baseline first: choose Baseline in the table of runs.'
          : others.length === 0
            ? 'Evaluate a second variant on the same suite first.'
            : chosen.length === 0
              ? 'Choose the runs to compare.'
              : form.blocked
      }
      onClose={onClose}
    >
      <ChoiceField
        id="compare-baseline"
        control={form.control}
        name="baseline"
        label="Compare with"
        isRequired
        fallback={baseline?.runId}
        choices={comparable.map((run) => ({ value: run.runId, label: described(run) }))}
        onChosen={() => form.set('others', [])}
      />
      <Checklist
        id="compare"
        control={form.control}
        name="others"
        label="Runs"
        chosen={chosen}
        choices={others.map((run) => ({ value: run.runId, label: described(run) }))}
      />
    </FormDialog>
  );
}
