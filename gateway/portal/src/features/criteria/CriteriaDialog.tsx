import { Button, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useFieldArray, type Control } from 'react-hook-form';
import { registerCriteria } from './criteria';
import { NeededItems } from './NeededItems';
import { criterionOf, measured, proposed, rowsOf, unfilled, type Row } from './proposal';
import { ProposeDialog } from './ProposeDialog';
import { ProposeInstead } from './ProposeInstead';
import { criteriaQuery, inForceOf, type Criteria } from '@/shared/data/applications';
import { useOpenForm } from '@/shared/data/applicationForm';
import type { CriteriaContent } from '@/shared/data/criteriaChanges';
import { carriesVerdicts, describedSuite, suitesQuery, type Suite } from '@/shared/data/suites';
import { CellField, ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';
import { boundSign, metricName, metricUnit } from '@/shared/text/metrics';
import { bestTrivial } from '@/shared/text/trivial';
import { TableFrame } from '@/shared/ui/DataTable';
import { FormDialog } from '@/shared/form/FormDialog';

const incomplete = 'Every row needs a threshold, an alternative and a minimum sample size.';
const schema = z.object({
  purpose: z.string(),
  suite: z.string(),
  plannedVerdicts: requiredText('Enter the number of planned verdicts.'),
  candidatesPerPhase: requiredText('Enter the number of variants to try.'),
  criteria: z
    .array(
      z.object({
        metric: z.string(),
        threshold: requiredText(incomplete),
        alternative: requiredText(incomplete),
        power: z.string(),
        margin: z.string(),
        sampleSize: requiredText(incomplete),
      }),
    )
    .check(z.minLength(1, 'Add a criterion.')),
});
type Values = z.input<typeof schema>;

interface CriteriaDialogProps {
  application: string;
  inForce: Criteria | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog to register criteria. It waits for the suites, which determine the proposed values. */
export function CriteriaDialog(props: CriteriaDialogProps): ReactNode {
  const suites = useQuery(suitesQuery).data?.items.filter(carriesVerdicts);
  const [refused, propose] = useState<CriteriaContent>();
  const versions = useQuery(criteriaQuery(props.application)).data?.items;
  const { application, onDone } = props;
  if (refused)
    return (
      <ProposeDialog
        {...{ application, onDone }}
        inForce={inForceOf(versions, refused.purpose)}
        proposed={refused}
        draft={draftOf(application)}
        onClose={() => propose(undefined)}
      />
    );
  return suites && <CriteriaForm {...props} suites={suites} onPropose={propose} />;
}

const draftOf = (application: string) => `criteria.${application}`;

/** The form with one row per metric. It starts from the criteria in force, or from a proposal. */
function CriteriaForm({
  application,
  inForce,
  suites,
  onPropose,
  onDone,
  onClose,
}: CriteriaDialogProps & { suites: Suite[]; onPropose: (refused: CriteriaContent) => void }): ReactNode {
  const queries = useQueryClient();
  const open = useOpenForm();
  const usual =
    suites.find(({ suiteDigest }) => suiteDigest === inForce?.suiteDigest) ??
    suites.find(({ name }) => name === application) ??
    suites[0];
  const form = useCommandForm({
    draft: draftOf(application),
    schema,
    initial: {
      purpose: '',
      suite: '',
      plannedVerdicts: String(inForce?.plannedVerdicts ?? 5),
      candidatesPerPhase: String(inForce?.candidatesPerPhase ?? 3),
      criteria: inForce ? rowsOf(inForce.criteria) : proposed(usual),
    },
    command: ({ purpose, criteria, plannedVerdicts, candidatesPerPhase }): CriteriaContent => ({
      purpose: purpose === 'REFRESH' ? 'REFRESH' : 'RELEASE',
      suiteDigest: suite?.suiteDigest ?? '',
      plannedVerdicts: Number(plannedVerdicts),
      candidatesPerPhase: Number(candidatesPerPhase),
      criteria: criteria.map((row) => criterionOf(row, suite)),
    }),
    send: (criteria, key) => registerCriteria(application, criteria, key),
    pointers: { '/suiteDigest': 'suite' },
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'criteria' });
  const rows = form.values.criteria;
  const suite = suites.find(({ suiteDigest }) => suiteDigest === form.values.suite) ?? usual;
  const metrics = suite?.metrics.map(({ metric }) => metric) ?? [];
  const unused = metrics.find((metric) => !rows.some((row) => row.metric === metric));
  return (
    <FormDialog
      title="Register criteria"
      description={
        <>
          A variant must meet these criteria before it may be released. Register them before you evaluate.{' '}
          {inForce &&
            'New criteria apply only to runs that start afterwards. Verdicts under the earlier criteria no ' +
              'longer open a phase or a release. '}
          At least one criterion of quality and one of another kind are required, so that one is not improved at the
          expense of the other.
        </>
      }
      action="Register criteria"
      blocked={suite === undefined ? 'Publish a suite over test rows first.' : form.blocked}
      variant="large"
      form={form}
      remedy={<ProposeInstead refusal={form.error} onPropose={() => form.sent && onPropose(form.sent)} />}
      onClose={onClose}
    >
      <ChoiceField
        id="criteria-purpose"
        control={form.control}
        name="purpose"
        label="Apply to"
        isRequired
        fallback="RELEASE"
        choices={[
          { value: 'RELEASE', label: 'Phases and releases' },
          { value: 'REFRESH', label: 'Document refreshes' },
        ]}
        help={
          'A refresh changes only the documents of the released variant, and a policy may release it ' +
          'without a person. Its criteria therefore need their own test items, a margin for every quality ' +
          'metric, and a second person'
        }
      />
      <ChoiceField
        id="criteria-suite"
        control={form.control}
        name="suite"
        label="Suite"
        isRequired
        fallback={suite?.suiteDigest}
        placeholder={suites.length === 0 ? 'No suite over test rows yet' : undefined}
        choices={suites.map((one) => ({ value: one.suiteDigest, label: describedSuite(one) }))}
        help="Only runs over this suite are judged by these criteria"
      />
      <div>
        <Button variant="link" isInline size="sm" onClick={() => open('suite')}>
          Publish another suite
        </Button>
      </div>
      <div className="pl-form-table">
        <TableFrame aria-label="Criteria to register">
          <Thead>
            <Tr>
              <Th>Metric</Th>
              <Th>Kind of evidence</Th>
              <Th>Trivial score</Th>
              <Th>Threshold</Th>
              <Th>Alternative</Th>
              <Th>Items needed</Th>
              <Th>Margin</Th>
              <Th>Minimum sample size</Th>
              <Th screenReaderText="Remove" />
            </Tr>
          </Thead>
          <Tbody>
            {fields.map(({ id }, index) => {
              const row = rows[index];
              return (
                row && (
                  <CriterionRow
                    key={id}
                    control={form.control}
                    index={index}
                    row={row}
                    suite={suite}
                    plannedVerdicts={form.values.plannedVerdicts}
                    others={rows.filter((_other, at) => at !== index).map(({ metric }) => metric)}
                    onMetric={(metric) => form.set(`criteria.${index}.metric`, metric)}
                    onRemove={() => remove(index)}
                  />
                )
              );
            })}
          </Tbody>
        </TableFrame>
      </div>
      <div>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={unused === undefined}
          onClick={() => suite && unused && append(unfilled(unused, suite))}
        >
          Add a criterion
        </Button>
      </div>
      <div className="pl-grid">
        <TextField
          id="criteria-planned"
          control={form.control}
          name="plannedVerdicts"
          label="Planned verdicts"
          type="number"
          isRequired
          help="1 to 20 verdicts on these test items. More verdicts make every interval wider"
        />
        <TextField
          id="criteria-candidates"
          control={form.control}
          name="candidatesPerPhase"
          label="Variants to try per phase"
          type="number"
          isRequired
          help="2 to 20 variants, compared on validation rows before the failure of the best one counts for the phase"
        />
      </div>
      <dl className="pl-subtle pl-terms">
        <dt>Trivial score</dt>
        <dd>
          the best score of a trivial variant: one that always abstains, never abstains, or always answers the most
          common label. A quality threshold must be better than that. A dash means that the score cannot be computed
          from the items alone. If the trivial score is already the best possible value, add another quality criterion.
        </dd>
        <dt>Threshold</dt>
        <dd>
          the value to reach. A criterion passes only if the complete interval of the measured value is better than it.
          The interval gets wider with more planned verdicts, so with few items the value must be much better than the
          threshold.
        </dd>
        <dt>Alternative</dt>
        <dd>
          the value that you expect of a good variant, better than the threshold. Example: at least 0.85 accuracy is
          required, and you expect 0.93. The suite needs enough items to pass such a variant with a probability of 0.8;
          otherwise the criteria are refused. A closer alternative needs more items: with five planned verdicts and a
          threshold of 0.85, an alternative of 0.93 needs 233 items and 0.90 needs 596. For macro F1, latency and cost,
          first run the variant over the validation subset, which measures how much they vary.
        </dd>
        <dt>Margin</dt>
        <dd>how much worse than the baseline a variant may be. With 0, no comparison is required.</dd>
        <dt>Minimum sample size</dt>
        <dd>
          the fewest items that a verdict may be based on, at most the number in the suite. Latency p95 needs at least
          72 items with one planned verdict, and 104 with five.
        </dd>
      </dl>
    </FormDialog>
  );
}

interface CriterionRowProps<Parsed> {
  control: Control<Values, unknown, Parsed>;
  index: number;
  row: Row;
  suite: Suite | undefined;
  plannedVerdicts: string;
  /** The metrics of the other rows, which this row cannot use. */
  others: string[];
  onMetric: (metric: string) => void;
  onRemove: () => void;
}

function CriterionRow<Parsed>({
  control,
  index,
  row,
  suite,
  plannedVerdicts,
  others,
  onMetric,
  onRemove,
}: CriterionRowProps<Parsed>): ReactNode {
  const { kind, direction } = measured(row.metric, suite);
  const name = metricName(row.metric);
  const cell = (field: 'threshold' | 'alternative' | 'margin' | 'sampleSize', label: string) => ({
    control,
    name: `criteria.${index}.${field}` as const,
    id: `criterion-${index}-${field}`,
    label: `${label} of ${name}`,
    type: 'number' as const,
  });
  return (
    <Tr>
      <Td dataLabel="Metric">
        <FormSelect
          id={`criterion-${index}-metric`}
          className="pl-metric"
          aria-label={`Metric of row ${index + 1}`}
          value={row.metric}
          onChange={(_event, metric) => onMetric(metric)}
        >
          {choicesWith(row.metric, suite).map((metric) => (
            <FormSelectOption
              key={metric}
              value={metric}
              label={metricName(metric)}
              isDisabled={others.includes(metric)}
            />
          ))}
        </FormSelect>
      </Td>
      <Td dataLabel="Kind of evidence">{words(kind)}</Td>
      <Td dataLabel="Trivial score">{bestTrivial(row.metric, direction, suite?.trivialScores) ?? '—'}</Td>
      <Td dataLabel="Threshold">
        <span className="pl-inline">
          <span>{boundSign(direction)}</span>
          <CellField {...cell('threshold', 'Threshold')} />
          {metricUnit(row.metric)}
        </span>
      </Td>
      <Td dataLabel="Alternative">
        <span className="pl-inline">
          <CellField {...cell('alternative', 'Alternative')} />
          {metricUnit(row.metric)}
        </span>
      </Td>
      <Td dataLabel="Items needed">
        <NeededItems row={row} suite={suite} plannedVerdicts={plannedVerdicts} />
      </Td>
      <Td dataLabel="Margin">
        <span className="pl-inline">
          <CellField {...cell('margin', 'Margin')} />
          {metricUnit(row.metric)}
        </span>
      </Td>
      <Td dataLabel="Minimum sample size">
        <CellField {...cell('sampleSize', 'Minimum sample size')} />
      </Td>
      <Td dataLabel="Remove">
        <Button variant="link" isInline onClick={onRemove} aria-label={`Remove ${name}`}>
          Remove
        </Button>
      </Td>
    </Tr>
  );
}

/** Returns the metrics of the suite and the row's own, since a suite chosen later may not measure that one. */
function choicesWith(metric: string, suite: Suite | undefined): string[] {
  return [...new Set([...(suite?.metrics ?? []).map((one) => one.metric), metric])];
}
