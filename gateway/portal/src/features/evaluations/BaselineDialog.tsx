import { Content } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { recordBaseline } from './evaluations';
import { runsQuery } from '@/shared/data/evaluations';
import { phaseOf, variantName, variantsQuery } from '@/shared/data/variants';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { inSentence } from '@/shared/text/format';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({});

interface BaselineDialogProps {
  application: string;
  run: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that records the baseline for later variants of a phase. */
export function BaselineDialog({ application, run: pointed, onDone, onClose }: BaselineDialogProps): ReactNode {
  const queries = useQueryClient();
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const run = useQuery(runsQuery(application)).data?.items.find(({ runId }) => runId === pointed);
  const phase = phaseOf(variants.find(({ variantDigest }) => variantDigest === run?.variantDigest));
  const form = useCommandForm({
    draft: `baseline.${application}`,
    schema,
    initial: {},
    command: () => ({ application, runId: run?.runId ?? '' }),
    send: recordBaseline,
    onSent: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['baselines', application] }),
        queries.invalidateQueries({ queryKey: ['application', application] }),
      ]);
      onDone();
    },
  });
  return (
    <FormDialog
      title={`Record ${variantName(variants, run?.variantDigest)} as baseline`}
      description={
        'Where a criterion has a margin, later runs are compared with this baseline item by item. They ' +
        'must not be worse by more than the margin.'
      }
      action="Record baseline"
      form={form}
      blocked={run === undefined ? 'This run does not exist.' : form.blocked}
      onClose={onClose}
    >
      <Content component="p">
        It counts for the {inSentence(phase)} phase, to which the variant belongs by its parts.
      </Content>
    </FormDialog>
  );
}
