import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { endOf, ratingOf, steps } from './level';
import { reassess, type Reassessment, type TaggedRisk } from './risks';
import { ChoiceField, TextAreaField } from '@/shared/form/fields';
import { listOf, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { Problem } from '@/shared/http/problem';
import { words } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

/** The changed values. A null field follows the risk, even when somebody else changes it meanwhile. */
const schema = z.object({
  residualLikelihood: z.nullable(z.string()),
  residualImpact: z.nullable(z.string()),
  mitigation: z.nullable(requiredText('Describe the mitigation.')),
  evidence: z.nullable(z.string()),
});

export function AssessDialog({ risk, onClose }: { risk: TaggedRisk; onClose: () => void }): ReactNode {
  const { name, etag, inherent, residual } = risk;
  const queries = useQueryClient();
  const form = useCommandForm({
    draft: `risk.${name}`,
    schema,
    initial: { residualLikelihood: null, residualImpact: null, mitigation: null, evidence: null },
    command: asReassessment,
    send: (reassessment) => reassess(name, etag, reassessment),
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['risks'] });
      onClose();
    },
    // Somebody else assessed the risk meanwhile. Reload it, so that the next attempt starts from that assessment.
    onRefused: () => queries.invalidateQueries({ queryKey: ['risks', 'one', name] }),
  });
  const { control, values } = form;
  const level = {
    likelihood: Number(values.residualLikelihood ?? residual.likelihood),
    impact: Number(values.residualImpact ?? residual.impact),
  };
  const rating = words(ratingOf(level)).toLowerCase();
  const step = (scale: 'likelihood' | 'impact') => ({
    id: `assess-${scale}`,
    control,
    isRequired: true,
    fallback: String(residual[scale]),
    choices: steps.map((one) => ({ value: String(one), label: [one, endOf(scale, one)].filter(Boolean).join(' ') })),
    help: `In force now: ${residual[scale]}. Before the mitigation: ${inherent[scale]}.`,
  });
  return (
    <FormDialog
      title="Assess again"
      description={`${risk.title}: likelihood and impact after the mitigation, recorded in the ledger.`}
      action="Save the assessment"
      variant="medium"
      form={form}
      onClose={onClose}
    >
      <ChoiceField {...step('likelihood')} name="residualLikelihood" label="Residual likelihood" />
      <ChoiceField {...step('impact')} name="residualImpact" label="Residual impact" />
      <p role="status">
        {level.likelihood} × {level.impact} = {level.likelihood * level.impact}: {rating} residual risk.
      </p>
      <TextAreaField
        id="assess-mitigation"
        control={control}
        name="mitigation"
        label="Mitigation"
        isRequired
        rows={4}
        resizeOrientation="vertical"
        fallback={risk.mitigation}
      />
      <TextAreaField
        id="assess-evidence"
        control={control}
        name="evidence"
        label="Evidence"
        rows={4}
        resizeOrientation="vertical"
        fallback={risk.evidence.join('\n')}
        help="The sources of the assessment, one per line: a run, a verdict, an incident, a review."
      />
      {isStale(form.error) && (
        <p>
          Somebody else saved an assessment meanwhile. Fields that you did not change now show it. Save again to apply
          your changes.
        </p>
      )}
    </FormDialog>
  );
}

function asReassessment({
  residualLikelihood,
  residualImpact,
  mitigation,
  evidence,
}: z.output<typeof schema>): Reassessment {
  return {
    ...(residualLikelihood !== null && { residualLikelihood: Number(residualLikelihood) }),
    ...(residualImpact !== null && { residualImpact: Number(residualImpact) }),
    ...(mitigation !== null && { mitigation }),
    ...(evidence !== null && { evidence: listOf(evidence, /\n/) }),
  };
}

function isStale(error: unknown): boolean {
  return error != null && Problem.of(error).status === 412;
}
