import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { openSuite, suiteQuery, type Run } from './runs';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { Term } from '@/shared/help/Term';
import { Empty } from '@/shared/ui/Empty';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

/** Explains why answers over test items are hidden while verdicts are left, and offers to open them. */
export function SealedOutputs({ run: { runId, suiteDigest } }: { run: Run }): ReactNode {
  const queries = useQueryClient();
  const [opening, setOpening] = useState(false);
  const requests = useQuery({ ...suiteQuery(suiteDigest), enabled: opening, staleTime: 0 }).data?.openingRequests ?? [];
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
        Answers over test items are <Term name="sealed">sealed</Term>. They open when every planned verdict on these
        test items is used. Otherwise variants could be tuned to the answers that judge them. Runs over validation rows
        show every answer.
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
            No further runs over these items are allowed, with any suite or criteria: new items are needed. Finished
            runs can still be judged.
          </p>
          <p>
            Unless you published every suite that has these items, this is a request: the answers open when a second
            person does the same within seven days.
          </p>
          {requests.map(({ requestedBy, requestedAt, reason }) => (
            <p key={requestedBy + requestedAt}>
              <Person actor={requestedBy} /> asked on <Time at={requestedAt} />: {reason}
            </p>
          ))}
        </ReasonDialog>
      )}
    </>
  );
}
