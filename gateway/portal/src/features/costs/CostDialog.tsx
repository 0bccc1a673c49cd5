import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { applicationQuery } from '@/shared/data/applications';
import { incomplete, newCosts, questionOf } from './costDraft';
import { CallFields } from './CallFields';
import { computeCosts } from './costs';
import { OwnFigures } from './OwnFigures';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { count } from '@/shared/text/format';
import { TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

interface CostDialogProps {
  application: string;
  onDone: () => void;
  onClose: () => void;
}

/** What to compute; everything may stay as it is. */
export function CostDialog({ application, onDone, onClose }: CostDialogProps): ReactNode {
  const queries = useQueryClient();
  const { value, change, forget } = useDraft(`costs.${application}`, newCosts);
  const registered = useQuery(applicationQuery(application)).data?.monthlyVolume;
  const question = questionOf(application, value);
  const key = useIdempotencyKey(question);
  const computing = useMutation({
    mutationFn: () => computeCosts(question, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['application', application, 'costs'] });
      onDone();
    },
  });
  const errorAt = fieldErrors(computing.error);
  return (
    <FormDialog
      title="Compute costs"
      description="Sets the approaches side by side. What you leave empty comes from the traffic measured so far, or from defaults, each of which the result names."
      action="Compute"
      variant="large"
      pending={computing.isPending}
      blocked={incomplete(value)}
      error={computing.error}
      onSubmit={() => computing.mutate()}
      onClose={onClose}
    >
      <div className="pl-grid">
        <TextField
          id="cost-volume"
          label="Calls a month"
          type="number"
          value={value.monthlyVolume}
          error={errorAt('/monthlyVolume')}
          help={`Empty: the pace of the traffic so far, else the ${registered === undefined ? 'estimate' : count(registered)} of the registration`}
          onChange={(monthlyVolume) => change({ ...value, monthlyVolume })}
        />
        <TextField
          id="cost-range"
          label="Crossovers up to, calls a month"
          type="number"
          value={value.maxVolume}
          error={errorAt('/maxVolume')}
          help="Empty: 100,000,000"
          onChange={(maxVolume) => change({ ...value, maxVolume })}
        />
        <SelectField
          id="cost-profile"
          label="Profile"
          value={value.profile}
          placeholder="By the volume"
          choices={[
            { value: 'SMALL', label: 'Small: 10,000 to 50,000 calls' },
            { value: 'ENTERPRISE', label: 'Enterprise: 100,000 to 500,000' },
          ]}
          error={errorAt('/profile')}
          help="Whose default figures are taken"
          onChange={(profile) => change({ ...value, profile })}
        />
      </div>
      <CallFields value={value.tokens} errorAt={errorAt} onChange={(tokens) => change({ ...value, tokens })} />
      <OwnFigures value={value.figures} errorAt={errorAt} onChange={(figures) => change({ ...value, figures })} />
    </FormDialog>
  );
}
