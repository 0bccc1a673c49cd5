import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { openSuite, type Run } from './runs';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { Empty } from '@/shared/ui/Empty';
import { RoleButton } from '@/shared/ui/RoleButton';

/** In place of the answers over test items while these may still decide: why, and how they open. */
export function SealedOutputs({ run: { runId, suiteDigest } }: { run: Run }): ReactNode {
  const queries = useQueryClient();
  const [opening, setOpening] = useState(false);
  return (
    <>
      <Empty
        title="The answers are sealed"
        action={
          <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="link" onClick={() => setOpening(true)}>
            Open the answers…
          </RoleButton>
        }
      >
        They open when every verdict that is planned on these test items is used: a variant made better by looking at
        them would be judged by what it has seen. Runs over validation rows show every answer.
      </Empty>
      {opening && (
        <ReasonDialog
          title="Open the answers over these test items"
          action="Open the answers"
          danger
          draft={`suite.${suiteDigest}.open`}
          send={(reason) => openSuite(suiteDigest, reason)}
          onSent={async () => {
            await queries.invalidateQueries({ queryKey: ['run', runId] });
            setOpening(false);
          }}
          onClose={() => setOpening(false)}
        >
          <p>
            Further runs over these items are refused, whatever the suite and the criteria: fresh items are needed. Runs
            that have finished can still be judged.
          </p>
        </ReasonDialog>
      )}
    </>
  );
}
