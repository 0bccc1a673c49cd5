import { Flex, FlexItem } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { cancel, isOver, steer, type Steer, type TrainingJob } from './jobs';
import { forgetDraft } from '@/shared/session/draft';
import { LinkButton } from '@/shared/ui/LinkButton';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { ReasonDialog } from '@/shared/ui/ReasonDialog';
import { RoleButton } from '@/shared/ui/RoleButton';

/** What can be done with a job as it stands. */
export function JobControls({ job: { id, state } }: { job: TrainingJob }): ReactNode {
  const queries = useQueryClient();
  const [asking, ask] = useState(false);
  const draftKey = `training.${id}.cancel`;
  const refresh = () => queries.invalidateQueries({ queryKey: ['training'] });
  const steering = useMutation({ mutationFn: (how: Steer) => steer(id, how), onSettled: refresh });
  const cancelling = useMutation({
    mutationFn: (reason: string) => cancel(id, reason),
    onSuccess: async () => {
      forgetDraft(draftKey);
      await refresh();
      ask(false);
    },
  });
  if (state === 'SUCCEEDED') {
    return (
      <LinkButton variant="primary" to="/models" search={{ register: id }}>
        Register as a model version
      </LinkButton>
    );
  }
  if (isOver(state)) return null;
  return (
    <>
      {steering.isError && <ProblemPanel error={steering.error} headingLevel="h2" />}
      <Flex>
        <FlexItem>
          <RoleButton
            variant="secondary"
            roles={['ml-engineer']}
            isLoading={steering.isPending}
            isDisabled={steering.isPending}
            onClick={() => steering.mutate(state === 'PAUSED' ? 'resume' : 'pause')}
          >
            {state === 'PAUSED' ? 'Resume' : 'Pause'}
          </RoleButton>
        </FlexItem>
        <FlexItem>
          <RoleButton variant="secondary" isDanger roles={['ml-engineer']} onClick={() => ask(true)}>
            Cancel the job
          </RoleButton>
        </FlexItem>
      </Flex>
      {asking && (
        <ReasonDialog
          title="Cancel the job"
          action="Cancel the job"
          danger
          draftKey={draftKey}
          pending={cancelling.isPending}
          error={cancelling.error}
          onConfirm={(reason) => cancelling.mutate(reason)}
          onClose={() => ask(false)}
        >
          <p>Its checkpoints stay, but it cannot be resumed.</p>
        </ReasonDialog>
      )}
    </>
  );
}
