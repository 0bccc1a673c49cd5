import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { createSuite } from './evaluations';
import { isPerturbable, newSuite, scorerPointers, startingScorers, suiteOf, suiteSchema, testable } from './suiteDraft';
import { SuiteFields } from './SuiteFields';
import { useSplitChoice } from '@/shared/data/splits';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

interface SuiteDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that publishes a suite: the items to evaluate on and the scorers of the answers. */
export function SuiteDialog({ application, onDone, onClose }: SuiteDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `suite.${application}`,
    schema: suiteSchema,
    initial: newSuite(application),
    command: () => suite,
    send: createSuite,
    pointers: ({ scorers }) => ({
      '/splitDigest': 'split',
      '/perturbations/items': 'perturbedItems',
      '/perturbations': 'kinds',
      ...scorerPointers(scorers),
    }),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['suites'] });
      onDone();
    },
  });
  const choice = useSplitChoice(form.values.split, 'EVALUATE');
  const suite = suiteOf(
    form.values,
    choice.split?.splitDigest ?? '',
    form.values.subset || (testable(choice.split?.subsets)[0]?.[0] ?? ''),
  );
  return (
    <FormDialog
      title="Publish a suite"
      description={
        'A suite has items, and scorers that give each answer a score. It never changes. Criteria apply to ' +
        'one suite, and variants evaluated on the same suite can be compared item by item.'
      }
      action="Publish the suite"
      variant="medium"
      form={form}
      blocked={
        suite.splitDigest === ''
          ? 'Choose a dataset that is split and admitted.'
          : suite.subset === ''
            ? 'Choose a split with rows for validation or test.'
            : form.blocked
      }
      onClose={onClose}
    >
      <SuiteFields
        control={form.control}
        choice={choice}
        onSplit={(reference) => {
          form.set('split', reference);
          form.set('subset', '');
          const kind = choice.datasets.find(({ name }) => name === reference.split('/')[0])?.kind;
          form.set('scorers', startingScorers(kind, form.values.scorers));
          if (!isPerturbable(kind)) form.set('perturbed', false);
        }}
      />
    </FormDialog>
  );
}
