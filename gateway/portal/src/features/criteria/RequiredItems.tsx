import { ExpandableSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { requiredItemsQuery, type PlannedItems, type RequiredItemsQuestion } from './criteria';
import { TextField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FilterForm } from '@/shared/form/FilterForm';
import { count } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';

const initial = {
  threshold: '0.85',
  alternative: '0.93',
  power: '0.8',
  spread: '',
  plannedVerdicts: '5',
  releases: '10',
};
const missing = 'Give a number.';
const schema = z.object({
  threshold: requiredText(missing),
  alternative: requiredText(missing),
  power: requiredText(missing),
  spread: z.string(),
  plannedVerdicts: requiredText(missing),
  releases: requiredText(missing),
});

/** Computes how many test items a criterion needs for a number of releases. */
export function RequiredItems(): ReactNode {
  const [open, toggle] = useState(false);
  const [question, setQuestion] = useState<RequiredItemsQuestion>();
  const form = useCommandForm({
    schema,
    initial,
    command: ({ threshold, alternative, power, spread, plannedVerdicts, releases }): RequiredItemsQuestion => ({
      threshold: Number(threshold),
      alternative: Number(alternative),
      power: Number(power),
      spread: spread.trim() === '' ? undefined : Number(spread),
      plannedVerdicts: Number(plannedVerdicts),
      releases: Number(releases),
    }),
    send: (sent) => Promise.resolve(sent),
    onSent: setQuestion,
  });
  const { control } = form;
  const number = (name: keyof typeof initial, label: string) => (
    <TextField id={`required-${name}`} control={control} name={name} label={label} type="number" />
  );
  return (
    <ExpandableSection
      toggleText="How many test items do releases need?"
      isExpanded={open}
      onToggle={(_event, expanded) => toggle(expanded)}
    >
      <FilterForm
        form={form}
        help={
          'Each release needs a verdict. A set of test items supports only the planned number of verdicts; ' +
          'after that, new items are needed. For a share such as accuracy, the spread between items ' +
          'follows from the values. For other metrics, take it from a run over validation rows.'
        }
        onClear={() => setQuestion(undefined)}
      >
        {number('threshold', 'Threshold')}
        {number('alternative', 'Alternative')}
        {number('power', 'Power')}
        {number('spread', 'Spread (if not a share)')}
        {number('plannedVerdicts', 'Planned verdicts')}
        {number('releases', 'Releases')}
      </FilterForm>
      {question && <Answer question={question} />}
    </ExpandableSection>
  );
}

function Answer({ question }: { question: RequiredItemsQuestion }): ReactNode {
  return (
    <Loaded query={useQuery(requiredItemsQuery(question))} what="the number of items">
      {({ planned, fewest }) => (
        <>
          <p>{described(planned)}</p>
          {fewest.items < planned.items && <p>Fewer items in total: {described(fewest)}</p>}
        </>
      )}
    </Loaded>
  );
}

function described({ plannedVerdicts, itemsPerSet, sets, items }: PlannedItems): string {
  const verdicts = `${count(plannedVerdicts)} planned ${plannedVerdicts === 1 ? 'verdict' : 'verdicts'}`;
  return sets === 1
    ? `${count(items)} test items, with ${verdicts} on them.`
    : `${count(items)} test items: ${count(sets)} sets of ${count(itemsPerSet)}, with ${verdicts} on each.`;
}
