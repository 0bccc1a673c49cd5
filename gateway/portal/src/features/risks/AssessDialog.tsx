import { TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { endOf, ratingOf, steps } from './level';
import { reassess, type Reassessment, type TaggedRisk } from './risks';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { Problem } from '@/shared/http/problem';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { Field } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

/** Only what was touched: the rest follows the risk, also when somebody else changes it meanwhile. */
type Touched = Partial<{ likelihood: number; impact: number; mitigation: string; evidence: string }>;

const untouched: Touched = {};

export function AssessDialog({ risk, onClose }: { risk: TaggedRisk; onClose: () => void }): ReactNode {
  const { name, etag, inherent, residual } = risk;
  const queries = useQueryClient();
  const { value: touched, change, forget } = useDraft(`risk.${name}`, untouched);
  const assessing = useMutation({
    mutationFn: () => reassess(name, etag, asReassessment(touched)),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['risks'] });
      onClose();
    },
    // Somebody else assessed it meanwhile: read again, so that the next try builds on that.
    onError: () => queries.invalidateQueries({ queryKey: ['risks', 'one', name] }),
  });
  const errorAt = fieldErrors(assessing.error);
  const level = { likelihood: touched.likelihood ?? residual.likelihood, impact: touched.impact ?? residual.impact };
  const mitigation = touched.mitigation ?? risk.mitigation;
  const step = (scale: 'likelihood' | 'impact') => ({
    id: `assess-${scale}`,
    isRequired: true,
    value: String(level[scale]),
    choices: steps.map((one) => ({ value: String(one), label: [one, endOf(scale, one)].filter(Boolean).join(' ') })),
    help: `In force now: ${residual[scale]}. Before the mitigation: ${inherent[scale]}.`,
    onChange: (next: string) => change({ ...touched, [scale]: Number(next) }),
  });
  return (
    <FormDialog
      title="Assess again"
      description={`${risk.title}: how likely and how bad it still is with its mitigation. Recorded in the ledger with your name.`}
      action="Save the assessment"
      variant="medium"
      pending={assessing.isPending}
      blocked={mitigation.trim() === '' ? 'Say what mitigates it.' : undefined}
      error={assessing.error}
      onSubmit={() => assessing.mutate()}
      onClose={onClose}
    >
      <SelectField {...step('likelihood')} label="Residual likelihood" error={errorAt('/residualLikelihood')} />
      <SelectField {...step('impact')} label="Residual impact" error={errorAt('/residualImpact')} />
      <p role="status">
        {level.likelihood} × {level.impact} = {level.likelihood * level.impact}: {words(ratingOf(level)).toLowerCase()}{' '}
        residual risk.
      </p>
      <Field id="assess-mitigation" label="Mitigation" isRequired error={errorAt('/mitigation')}>
        <TextArea
          id="assess-mitigation"
          rows={4}
          resizeOrientation="vertical"
          value={mitigation}
          isRequired
          validated={errorAt('/mitigation') === undefined ? 'default' : 'error'}
          aria-describedby={errorAt('/mitigation') && 'assess-mitigation-help'}
          onChange={(_event, next) => change({ ...touched, mitigation: next })}
        />
      </Field>
      <Field
        id="assess-evidence"
        label="Evidence"
        error={errorAt('/evidence')}
        help="What the assessment rests on, one a line: a run, a verdict, an incident, a review."
      >
        <TextArea
          id="assess-evidence"
          rows={4}
          resizeOrientation="vertical"
          value={touched.evidence ?? risk.evidence.join('\n')}
          validated={errorAt('/evidence') === undefined ? 'default' : 'error'}
          aria-describedby="assess-evidence-help"
          onChange={(_event, next) => change({ ...touched, evidence: next })}
        />
      </Field>
      {isStale(assessing.error) && (
        <p>
          Another assessment was saved meanwhile. Fields that you did not touch show it now; save again to put yours on
          top of it.
        </p>
      )}
    </FormDialog>
  );
}

function asReassessment({ likelihood, impact, mitigation, evidence }: Touched): Reassessment {
  return {
    ...(likelihood !== undefined && { residualLikelihood: likelihood }),
    ...(impact !== undefined && { residualImpact: impact }),
    ...(mitigation !== undefined && { mitigation: mitigation.trim() }),
    ...(evidence !== undefined && {
      evidence: evidence
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }),
  };
}

function isStale(error: unknown): boolean {
  return error != null && Problem.of(error).status === 412;
}
