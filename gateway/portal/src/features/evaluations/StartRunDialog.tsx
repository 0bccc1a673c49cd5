import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createSuite, startRun, suitesQuery, type Suite } from './evaluations';
import { runsQuery } from '@/shared/data/evaluations';
import { variantsQuery } from '@/shared/data/variants';
import { newSuite, suiteOf, testable } from './suiteDraft';
import { SuiteFields } from './SuiteFields';
import { useSplitChoice } from '@/shared/data/splits';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count } from '@/shared/text/format';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const another = 'new';

interface StartRunDialogProps {
  application: string;
  /** Digest of the variant that was pointed at. */
  variant: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Starts a run of a suite over a variant; the suite is one that is there, or made on the way. */
export function StartRunDialog({ application, variant: pointed, onDone, onClose }: StartRunDialogProps): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`measure.${application}`, {
    variant: '',
    suite: '',
    definition: newSuite(application),
  });
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const variantDigest = value.variant || pointed || variants[0]?.variantDigest || '';
  const { suites, chosen } = useSuites(application, value.suite);
  const choice = useSplitChoice(value.definition.split, 'EVALUATE');
  const definition = suiteOf(
    value.definition,
    choice.split?.splitDigest ?? '',
    value.definition.part || (testable(choice.split?.parts)[0]?.[0] ?? ''),
  );
  const suiteKey = useIdempotencyKey(definition);
  const runKey = useIdempotencyKey({
    variantDigest,
    chosen,
    definition: chosen === another && definition,
    runs: useQuery(runsQuery(application)).data?.items.length,
  });
  const starting = useMutation({
    mutationFn: async () => {
      const suiteDigest = chosen === another ? (await createSuite(definition, suiteKey)).suiteDigest : chosen;
      return startRun({ application, suiteDigest, variantDigest, seed: definition.seed }, runKey);
    },
    onSuccess: async () => {
      forget();
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['runs', application] }),
        queries.invalidateQueries({ queryKey: ['suites'] }),
      ]);
      onDone();
    },
  });
  return (
    <FormDialog
      title="Measure a variant"
      description="A suite asks the variant questions whose right answers are known. Variants measured on the same suite can be compared item by item."
      action="Start the measurement"
      pending={starting.isPending}
      blocked={whyNot(variantDigest, chosen, definition.splitDigest, definition.evaluators.length)}
      error={starting.error}
      onSubmit={() => starting.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="measure-variant"
        label="Variant"
        isRequired
        value={variantDigest}
        placeholder={variants.length === 0 ? 'No variant yet' : undefined}
        choices={variants.map((one) => ({ value: one.variantDigest, label: `${one.name} · ${one.model}` }))}
        onChange={(variant) => change({ ...value, variant })}
      />
      <SelectField
        id="measure-suite"
        label="Suite"
        isRequired
        value={chosen}
        choices={[
          ...suites.map((suite) => ({ value: suite.suiteDigest, label: described(suite) })),
          { value: another, label: 'A new suite…' },
        ]}
        onChange={(suite) => change({ ...value, suite })}
      />
      {chosen === another && (
        <SuiteFields
          value={value.definition}
          choice={choice}
          errorAt={fieldErrors(starting.error)}
          onChange={(next) => change({ ...value, definition: next })}
        />
      )}
    </FormDialog>
  );
}

/** The suite chosen, else the one this application was measured by last, else a new one. */
function useSuites(application: string, wanted: string): { suites: Suite[]; chosen: string } {
  const suites = useQuery(suitesQuery).data?.items ?? [];
  const last = useQuery(runsQuery(application)).data?.items[0]?.suiteDigest;
  const usual =
    suites.find(({ suiteDigest }) => suiteDigest === last) ?? suites.find(({ name }) => name === application);
  return { suites, chosen: wanted || usual?.suiteDigest || another };
}

function described({ name, version, items, perturbedItems, definition: { part } }: Suite): string {
  return `${name} v${version} · ${count(items)} of ${part}${perturbedItems > 0 ? `, ${count(perturbedItems)} changed` : ''}`;
}

function whyNot(variant: string, suite: string, split: string, measures: number): string | undefined {
  if (variant === '') return 'Compose a variant first.';
  if (suite !== another) return undefined;
  if (split === '') return 'Choose a dataset that is split and admitted.';
  return measures === 0 ? 'Choose what to measure.' : undefined;
}
