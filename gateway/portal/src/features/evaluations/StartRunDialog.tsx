import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { startRun, type StartRun } from './evaluations';
import { useOpenForm } from '@/shared/data/applicationForm';
import { criteriaQuery, inForceOf } from '@/shared/data/applications';
import { runsQuery } from '@/shared/data/evaluations';
import { attemptsQuery, carriesVerdicts, describedSuite, suitesQuery, type Suite } from '@/shared/data/suites';
import { variantsQuery } from '@/shared/data/variants';
import { useRefreshOf } from '@/shared/variants/useRefreshOf';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';
import { count } from '@/shared/text/format';
import { RoleButton } from '@/shared/ui/RoleButton';

const schema = z.object({ variant: z.string(), suite: z.string(), seed: z.string() });

interface StartRunDialogProps {
  application: string;
  /** The digest of the variant that the form starts with. */
  variant: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that starts an evaluation run of a variant over a suite. */
export function StartRunDialog({ application, variant: pointed, onDone, onClose }: StartRunDialogProps): ReactNode {
  const queries = useQueryClient();
  const open = useOpenForm();
  const form = useCommandForm({
    draft: `run.${application}`,
    schema,
    initial: { variant: '', suite: '', seed: '7' },
    command: ({ seed }): StartRun => ({
      application,
      suiteDigest: suite?.suiteDigest ?? '',
      variantDigest,
      seed: seed === '' ? undefined : Number(seed),
    }),
    send: startRun,
    onSent: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['runs', application] }),
        queries.invalidateQueries({ queryKey: ['attempts'] }),
      ]);
      onDone();
    },
  });
  const { control, values } = form;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const variantDigest = values.variant || pointed || variants[0]?.variantDigest || '';
  const { suites, suite } = useSuites(application, variantDigest, values.suite);
  const attempts = useAttempts(application, suite);
  return (
    <FormDialog
      title="Evaluate a variant"
      description={
        'Every item of the suite is sent to the variant. A run over the suite of the criteria can be ' +
        'judged, and uses one of the planned verdicts. Runs over validation rows use none and decide ' +
        'nothing.'
      }
      action="Start the run"
      form={form}
      blocked={whyNot(variantDigest, suite) ?? form.blocked}
      onClose={onClose}
    >
      <ChoiceField
        id="run-variant"
        control={control}
        name="variant"
        label="Variant"
        isRequired
        fallback={variantDigest}
        placeholder={variants.length === 0 ? 'No variant yet' : undefined}
        choices={variants.map((one) => ({ value: one.variantDigest, label: `${one.name} · ${one.model}` }))}
      />
      <ChoiceField
        id="run-suite"
        control={control}
        name="suite"
        label="Suite"
        isRequired
        fallback={suite?.suiteDigest}
        placeholder={suites.length === 0 ? 'No suite yet' : undefined}
        choices={suites.map((one) => ({ value: one.suiteDigest, label: describedSuite(one) }))}
        help={suite && !carriesVerdicts(suite) ? 'Exploration: a run over these rows cannot get a verdict' : attempts}
      />
      <div>
        <RoleButton
          roles={['prompt-engineer', 'ml-engineer', 'data-steward']}
          variant="link"
          isInline
          size="sm"
          onClick={() => open('suite')}
        >
          Publish another suite
        </RoleButton>
      </div>
      <TextField
        id="run-seed"
        control={control}
        name="seed"
        label="Seed"
        type="number"
        help="The same seed gives the same resampling"
      />
    </FormDialog>
  );
}

/**
 * Returns the suites, first those that the application has used, and the chosen suite. Without a choice, that is the
 * suite of the criteria (for a refresh, the criteria of refreshes), or else that of the newest run.
 */
function useSuites(
  application: string,
  variant: string,
  wanted: string,
): { suites: Suite[]; suite: Suite | undefined } {
  const all = useQuery(suitesQuery).data?.items ?? [];
  const criteria = useQuery(criteriaQuery(application)).data?.items;
  const refreshes = useRefreshOf(application, variant) && inForceOf(criteria, 'REFRESH');
  const inForce = (refreshes ?? inForceOf(criteria))?.suiteDigest;
  const runs = useQuery(runsQuery(application)).data?.items ?? [];
  const last = runs[0]?.suiteDigest;
  const used = new Set([...(criteria ?? []), ...runs].map(({ suiteDigest }) => suiteDigest));
  const suites = all.toSorted((a, b) => Number(used.has(b.suiteDigest)) - Number(used.has(a.suiteDigest)));
  const of = (digest: string | undefined) => suites.find(({ suiteDigest }) => suiteDigest === digest);
  return { suites, suite: of(wanted) ?? of(inForce) ?? of(last) ?? suites[0] };
}

/** Describes the verdicts that a run would use. Undefined until they are known, and for suites without criteria. */
function useAttempts(application: string, suite: Suite | undefined): string | undefined {
  const criteria = useQuery(criteriaQuery(application)).data?.items;
  const inForce = [inForceOf(criteria), inForceOf(criteria, 'REFRESH')].find(
    (one) => one !== undefined && one.suiteDigest === suite?.suiteDigest,
  );
  const judged = inForce !== undefined;
  const planned = inForce?.plannedVerdicts ?? 1;
  const attempts = useQuery({ ...attemptsQuery(suite?.suiteDigest ?? '', planned), enabled: judged }).data;
  if (!judged || attempts === undefined) return undefined;
  return (
    `Verdicts on these items: ${count(attempts.left)} left of ${count(planned)} planned. ` +
    `${count(attempts.used)} used so far, by all applications with these items.`
  );
}

function whyNot(variant: string, suite: Suite | undefined): string | undefined {
  if (variant === '') return 'Compose a variant first.';
  return suite === undefined ? 'Publish a suite first.' : undefined;
}
