import { Button, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFieldArray, type Control } from 'react-hook-form';
import { registerCriteria } from './criteria';
import { criterionOf, known, knownMetrics, proposed, rowsOf, type Row } from './proposal';
import type { Criteria } from '@/shared/data/applications';
import { CellField } from '@/shared/form/fields';
import { requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { words } from '@/shared/text/format';
import { metricName, metricUnit } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { FormDialog } from '@/shared/form/FormDialog';

const incomplete = 'Every row needs a threshold and a minimum sample size.';
const schema = z.object({
  criteria: z
    .array(
      z.object({
        metric: z.string(),
        threshold: requiredText(incomplete),
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

/** The criteria, one row per metric; starts from those in force, or from a proposal. */
export function CriteriaDialog({ application, inForce, onDone, onClose }: CriteriaDialogProps): ReactNode {
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `criteria.${application}`,
    schema,
    initial: { criteria: inForce ? rowsOf(inForce.criteria) : proposed },
    command: ({ criteria }) => criteria.map(criterionOf),
    send: (criteria, key) => registerCriteria(application, criteria, key),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'criteria' });
  const rows = form.values.criteria;
  const unused = knownMetrics.find(({ metric }) => !rows.some((row) => row.metric === metric));
  return (
    <FormDialog
      title="Register criteria"
      description={
        <>
          What a variant must reach before it may be released, fixed before anything is evaluated.{' '}
          {inForce && 'New criteria apply only to runs that start after them. '}
          At least two kinds of evidence are required, so that one is not improved at the cost of the others.
        </>
      }
      action="Register criteria"
      variant="large"
      form={form}
      onClose={onClose}
    >
      <div className="pl-form-table">
        <DataTable aria-label="Criteria to register">
          <Thead>
            <Tr>
              <Th>Metric</Th>
              <Th>Kind of evidence</Th>
              <Th>Threshold</Th>
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
                    others={rows.filter((_other, at) => at !== index).map(({ metric }) => metric)}
                    onMetric={(metric) => form.set(`criteria.${index}.metric`, metric)}
                    onRemove={() => remove(index)}
                  />
                )
              );
            })}
          </Tbody>
        </DataTable>
      </div>
      <div>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={unused === undefined}
          onClick={() => unused && append({ metric: unused.metric, threshold: '', margin: '0', sampleSize: '300' })}
        >
          Add a criterion
        </Button>
      </div>
      <dl className="pl-subtle pl-terms">
        <dt>Threshold</dt>
        <dd>
          must lie outside the whole 95% interval of the measured value: with few items the value has to exceed it by a
          large margin.
        </dd>
        <dt>Margin</dt>
        <dd>how much worse than the baseline a variant may be; 0 requires no comparison.</dd>
        <dt>Minimum sample size</dt>
        <dd>
          the fewest test items that a verdict may rest on: at most as many as the test subset of your dataset has, and
          at least 72 for Latency p95, which has no interval below that.
        </dd>
      </dl>
    </FormDialog>
  );
}

interface CriterionRowProps<Parsed> {
  control: Control<Values, unknown, Parsed>;
  index: number;
  row: Row;
  /** The metrics of the other rows, which this one cannot take. */
  others: string[];
  onMetric: (metric: string) => void;
  onRemove: () => void;
}

function CriterionRow<Parsed>({
  control,
  index,
  row,
  others,
  onMetric,
  onRemove,
}: CriterionRowProps<Parsed>): ReactNode {
  const { kind, direction } = known(row.metric);
  const name = metricName(row.metric);
  const cell = (field: 'threshold' | 'margin' | 'sampleSize', label: string) => ({
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
          {knownMetrics.map(({ metric }) => (
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
      <Td dataLabel="Threshold">
        <span className="pl-inline">
          <span>{direction === 'AT_LEAST' ? '≥' : '≤'}</span>
          <CellField {...cell('threshold', 'Threshold')} />
          {metricUnit(row.metric)}
        </span>
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
