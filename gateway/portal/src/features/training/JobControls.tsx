import { Flex, FlexItem } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { cancel, isOver, steer, type Steer, type TrainingJob } from './jobs';
import { LinkButton } from '@/shared/ui/LinkButton';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The actions that a job allows in its state. */
export function JobControls({ job: { jobId, state } }: { job: TrainingJob }): ReactNode {
  const queries = useQueryClient();
  const [cancelling, askToCancel] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: ['training'] });
  const steering = useMutation({ mutationFn: (how: Steer) => steer(jobId, how), onSettled: refresh });
  if (state === 'SUCCEEDED') {
    return (
      <LinkButton variant="primary" to="/models" search={{ register: jobId }}>
        Register as a model version
      </LinkButton>
    );
  }
  if (isOver(state)) return null;
  return (
    <>
      {steering.isError && <ProblemPanel error={steering.error} />}
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
          <RoleButton variant="secondary" isDanger roles={['ml-engineer']} onClick={() => askToCancel(true)}>
            Cancel the job
          </RoleButton>
        </FlexItem>
      </Flex>
      {cancelling && (
        <ReasonDialog
          title="Cancel the job"
          action="Cancel the job"
          danger
          draft={`training.${jobId}.cancel`}
          send={(reason) => cancel(jobId, reason)}
          onSent={async () => {
            await refresh();
            askToCancel(false);
          }}
          onClose={() => askToCancel(false)}
        >
          <p>Its checkpoints are kept, but it cannot be resumed.</p>
        </ReasonDialog>
      )}
    </>
  );
}
