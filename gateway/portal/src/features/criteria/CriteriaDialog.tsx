import { Button, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { registerCriteria } from './criteria';
import type { Criteria } from '@/shared/data/applications';
import { criterionOf, known, knownMetrics, proposed, rowsOf, type Row } from './proposal';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { metricName, metricUnit } from '@/shared/text/metrics';
import { DataTable } from '@/shared/ui/DataTable';
import { FormDialog } from '@/shared/ui/FormDialog';

interface CriteriaDialogProps {
  application: string;
  inForce: Criteria | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The criteria, one row a metric; a proposal at first, then those in force. */
export function CriteriaDialog({ application, inForce, onDone, onClose }: CriteriaDialogProps): ReactNode {
  const queries = useQueryClient();
  const {
    value: rows,
    change,
    forget,
  } = useDraft(`criteria.${application}`, inForce ? rowsOf(inForce.criteria) : proposed);
  const criteria = rows.map(criterionOf);
  const key = useIdempotencyKey(criteria);
  const registering = useMutation({
    mutationFn: () => registerCriteria(application, criteria, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['application', application] });
      onDone();
    },
  });
  const left = knownMetrics.filter(({ metric }) => !rows.some((row) => row.metric === metric));
  const incomplete = rows.some(({ threshold, sampleSize }) => threshold === '' || sampleSize === '');
  return (
    <FormDialog
      title="Register criteria"
      description={
        <>
          What a variant must reach before it may be released, fixed before anything is measured.{' '}
          {inForce && 'New criteria judge only runs that begin after them. '}
          At least two kinds of evidence, so that one is not had at the cost of the others.
        </>
      }
      action="Register criteria"
      variant="large"
      pending={registering.isPending}
      blocked={
        rows.length === 0 ? 'Add a criterion.' : incomplete ? 'Every row needs a threshold and least items.' : undefined
      }
      error={registering.error}
      onSubmit={() => registering.mutate()}
      onClose={onClose}
    >
      <div className="pl-form-table">
        <Rows rows={rows} errorAt={fieldErrors(registering.error)} onChange={change} />
      </div>
      <div>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={left[0] === undefined}
          onClick={() =>
            left[0] && change([...rows, { metric: left[0].metric, threshold: '', margin: '0', sampleSize: '300' }])
          }
        >
          Add a criterion
        </Button>
      </div>
      <dl className="pl-subtle pl-terms">
        <dt>Threshold</dt>
        <dd>
          must lie outside the whole 95% interval of the measured value: with few items it has to be cleared by much.
        </dd>
        <dt>Margin</dt>
        <dd>how much worse than the baseline a variant may be; 0 asks for no comparison.</dd>
        <dt>Least items</dt>
        <dd>
          the fewest test items that a verdict may rest on: not more than the test part of your dataset has, and at
          least 72 where Latency p95 is asked for: below, it has no interval.
        </dd>
      </dl>
    </FormDialog>
  );
}

interface RowsProps {
  rows: Row[];
  errorAt: (pointer: string) => string | undefined;
  onChange: (rows: Row[]) => void;
}

function Rows({ rows, errorAt, onChange }: RowsProps): ReactNode {
  return (
    <DataTable aria-label="Criteria to register">
      <Thead>
        <Tr>
          <Th>Metric</Th>
          <Th>Kind of evidence</Th>
          <Th>Threshold</Th>
          <Th>Margin</Th>
          <Th>Least items</Th>
          <Th screenReaderText="Remove" />
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row, index) => {
          const { kind, direction } = known(row.metric);
          const number = (field: 'threshold' | 'margin' | 'sampleSize', label: string) => {
            const error = errorAt(`/criteria/${index}/${field}`);
            return (
              <Td dataLabel={label}>
                <span className="pl-inline">
                  {field === 'threshold' && <span>{direction === 'AT_LEAST' ? '≥' : '≤'}</span>}
                  <TextInput
                    id={`criterion-${index}-${field}`}
                    type="number"
                    className="pl-short"
                    aria-label={`${label} of ${metricName(row.metric)}`}
                    value={row[field]}
                    validated={error === undefined ? 'default' : 'error'}
                    onChange={(_event, next) => onChange(rows.with(index, { ...row, [field]: next }))}
                  />
                  {field !== 'sampleSize' && metricUnit(row.metric)}
                </span>
                {error !== undefined && <div className="pl-fault">{error}</div>}
              </Td>
            );
          };
          return (
            <Tr key={index}>
              <Td dataLabel="Metric">
                <FormSelect
                  id={`criterion-${index}-metric`}
                  className="pl-metric"
                  aria-label={`Metric of row ${index + 1}`}
                  value={row.metric}
                  onChange={(_event, metric) => onChange(rows.with(index, { ...row, metric }))}
                >
                  {knownMetrics.map(({ metric }) => (
                    <FormSelectOption
                      key={metric}
                      value={metric}
                      label={metricName(metric)}
                      isDisabled={metric !== row.metric && rows.some((other) => other.metric === metric)}
                    />
                  ))}
                </FormSelect>
              </Td>
              <Td dataLabel="Kind of evidence">{words(kind)}</Td>
              {number('threshold', 'Threshold')}
              {number('margin', 'Margin')}
              {number('sampleSize', 'Least items')}
              <Td dataLabel="Remove">
                <Button
                  variant="link"
                  isInline
                  onClick={() => onChange(rows.toSpliced(index, 1))}
                  aria-label={`Remove ${metricName(row.metric)}`}
                >
                  Remove
                </Button>
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </DataTable>
  );
}
