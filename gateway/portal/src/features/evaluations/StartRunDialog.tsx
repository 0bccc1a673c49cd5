import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createSuite, startRun, suitesQuery, type NewSuite, type Suite } from './evaluations';
import { newSuite, runSchema, suiteOf, testable } from './suiteDraft';
import { SuiteFields } from './SuiteFields';
import { runsQuery } from '@/shared/data/evaluations';
import { useSplitChoice } from '@/shared/data/splits';
import { variantsQuery } from '@/shared/data/variants';
import { ChoiceField } from '@/shared/form/fields';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

const another = 'new';

interface StartRunDialogProps {
  application: string;
  /** Digest of the variant that was pointed at. */
  variant: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

interface Command {
  suiteDigest: string | undefined;
  /** The suite to create, where none was chosen. */
  suite: NewSuite | undefined;
  variantDigest: string;
  seed: number | undefined;
}

/** Starts an evaluation run of a variant over a suite; the suite exists already, or is created on the way. */
export function StartRunDialog({ application, variant: pointed, onDone, onClose }: StartRunDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `run.${application}`,
    schema: runSchema,
    initial: { variant: '', suite: '', definition: newSuite(application) },
    command: (): Command => ({
      suiteDigest: chosen === another ? undefined : chosen,
      suite: chosen === another ? definition : undefined,
      variantDigest,
      seed: definition.seed ?? undefined,
    }),
    send: async ({ suite, suiteDigest, variantDigest: variant, seed }, key) =>
      startRun(
        {
          application,
          suiteDigest:
            suite === undefined ? (suiteDigest ?? '') : (await createSuite(suite, `${key}-suite`)).suiteDigest,
          variantDigest: variant,
          seed,
        },
        key,
      ),
    pointers: {
      '/name': 'definition.name',
      '/splitDigest': 'definition.split',
      '/subset': 'definition.subset',
      '/evaluators': 'definition.evaluators',
      '/maxItems': 'definition.maxItems',
      '/perturbations/items': 'definition.perturbedItems',
      '/perturbations': 'definition.kinds',
      '/seed': 'definition.seed',
    },
    onSent: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['runs', application] }),
        queries.invalidateQueries({ queryKey: ['suites'] }),
      ]);
      onDone();
    },
  });
  const { control, values } = form;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const variantDigest = values.variant || pointed || variants[0]?.variantDigest || '';
  const { suites, chosen } = useSuites(application, values.suite);
  const choice = useSplitChoice(values.definition.split, 'EVALUATE');
  const definition = suiteOf(
    values.definition,
    choice.split?.splitDigest ?? '',
    values.definition.subset || (testable(choice.split?.subsets)[0]?.[0] ?? ''),
  );
  return (
    <FormDialog
      title="Evaluate a variant"
      description="A suite has items with known answers; variants evaluated on it can be compared item by item."
      action="Start the run"
      form={form}
      blocked={whyNot(variantDigest, chosen, definition.splitDigest, definition.evaluators.length) ?? form.blocked}
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
        fallback={chosen}
        choices={[
          ...suites.map((suite) => ({ value: suite.suiteDigest, label: described(suite) })),
          { value: another, label: 'A new suite…' },
        ]}
      />
      {chosen === another && (
        <SuiteFields
          control={control}
          choice={choice}
          onSplit={(reference) => {
            form.set('definition.split', reference);
            form.set('definition.subset', '');
          }}
        />
      )}
    </FormDialog>
  );
}

/** The suite chosen, else the one this application was evaluated on last, else a new one. */
function useSuites(application: string, wanted: string): { suites: Suite[]; chosen: string } {
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const last = useQuery(runsQuery(application)).data?.items[0]?.suiteDigest;
  const usual =
    suites.find(({ suiteDigest }) => suiteDigest === last) ?? suites.find(({ name }) => name === application);
  return { suites, chosen: wanted || usual?.suiteDigest || another };
}

function described({ name, version, items, perturbedItems, definition: { subset } }: Suite): string {
  const perturbed = perturbedItems > 0 ? `, ${count(perturbedItems)} perturbed` : '';
  return `${name} v${version} · ${count(items)} of ${subset}${perturbed}`;
}

function whyNot(variant: string, suite: string, split: string, evaluators: number): string | undefined {
  if (variant === '') return 'Compose a variant first.';
  if (suite !== another) return undefined;
  if (split === '') return 'Choose a dataset that is split and admitted.';
  return evaluators === 0 ? 'Choose at least one evaluator.' : undefined;
}
