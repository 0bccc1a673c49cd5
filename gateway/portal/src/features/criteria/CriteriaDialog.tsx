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
import { TableFrame } from '@/shared/ui/TableFrame';
import { FormDialog } from '@/shared/form/FormDialog';

const incomplete = 'Every row needs a threshold, an alternative and a minimum sample size.';
const schema = z.object({
  purpose: z.string(),
  suite: z.string(),
  plannedVerdicts: requiredText('Say how many verdicts are planned.'),
  candidatesPerPhase: requiredText('Say how many variants are to be tried.'),
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

/** The dialog, once it is known which suites there are: what is proposed follows from them. */
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

/** The criteria, one row per metric; starts from those in force, or from a proposal. */
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
          What a variant must reach before it may be released, fixed before anything is evaluated.{' '}
          {inForce &&
            'New criteria apply only to runs that start after them, and verdicts by the former open nothing. '}
          One criterion of quality and one of another kind are required, so that one is not improved at the cost of the
          others.
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
        label="They decide about"
        isRequired
        fallback="RELEASE"
        choices={[
          { value: 'RELEASE', label: 'Phases and releases' },
          { value: 'REFRESH', label: 'Refreshes of documents' },
        ]}
        help={
          'A refresh differs from what serves in its documents alone, and policy may release it without a person: ' +
          'its criteria need test items of their own, a margin for every metric of quality, and a second person'
        }
      />
      <ChoiceField
        id="criteria-suite"
        control={form.control}
        name="suite"
        label="Suite"
        isRequired
        fallback={suite?.suiteDigest}
        placeholder={suites.length === 0 ? 'None over test rows yet' : undefined}
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
              <Th>Without skill</Th>
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
          help="1 to 20: runs on these test items; the more, the wider the interval of each"
        />
        <TextField
          id="criteria-candidates"
          control={form.control}
          name="candidatesPerPhase"
          label="Variants to try per phase"
          type="number"
          isRequired
          help="2 to 20: compared on validation before the failure of the best closes a phase"
        />
      </div>
      <dl className="pl-subtle pl-terms">
        <dt>Without skill</dt>
        <dd>
          the best score of a variant that always abstains, never abstains or always answers the commonest label. A dash
          means that the score depends on more than the items. A threshold of quality has to lie beyond it. Where it is
          the best possible value, the criterion only guards against the other extreme and needs another criterion of
          quality beside it.
        </dd>
        <dt>Threshold</dt>
        <dd>
          must lie outside the whole interval of the measured value, which is wider than 95% as more verdicts are
          planned: with few items the value has to exceed it by a large margin.
        </dd>
        <dt>Alternative</dt>
        <dd>
          the value, better than the threshold, that you want to see: accuracy of at least 0.85 is required, and a
          variant worth having is expected to have 0.93. Criteria over a suite whose items do not show such a variant
          with a probability of 0.8 are refused. The closer the alternative, the more items that takes: 0.93 against
          0.85 takes 233 with five planned verdicts, 0.90 takes 596. Macro F1, latency and cost first need a run of the
          variant over the subset validation, which measures how much they vary.
        </dd>
        <dt>Margin</dt>
        <dd>how much worse than the baseline a variant may be; 0 requires no comparison.</dd>
        <dt>Minimum sample size</dt>
        <dd>
          the fewest items that a verdict may rest on, at most as many as the suite has. Latency p95 has no interval
          below 72 items with one planned verdict, and below 104 with five.
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
  /** The metrics of the other rows, which this one cannot take. */
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
      <Td dataLabel="Without skill">{bestTrivial(row.metric, direction, suite?.trivialScores) ?? '—'}</Td>
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

/** The metrics of the suite, with the row's own: a suite that was chosen later may not measure it. */
function choicesWith(metric: string, suite: Suite | undefined): string[] {
  return [...new Set([...(suite?.metrics ?? []).map((one) => one.metric), metric])];
}
