import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { readers, type Trace } from '@/shared/data/traces';
import { correctionsQuery, traceFeedbackQuery } from '@/shared/feedback/feedback';
import { FeedbackTable } from '@/shared/feedback/FeedbackTable';
import { count, words } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { Time } from '@/shared/ui/Time';

/** The feedback on the answer. Corrections are shown on demand only, since reading them is recorded. */
export function FeedbackPanel({ trace: { requestId } }: { trace: Trace }): ReactNode {
  return (
    <Loaded query={useQuery(traceFeedbackQuery(requestId))} what="the feedback">
      {({ items, total }) =>
        items.length === 0 ? (
          <p>
            Nobody has judged this answer. Applications send feedback to the address <code>/v1/feedback</code>, with the
            id of the answer.
          </p>
        ) : (
          <div className="pl-stack">
            <FeedbackTable rows={items} />
            {total.value > items.length && (
              <p>
                The newest {count(items.length)} of {count(total.value)}.
              </p>
            )}
            {items.some(({ correctionContents }) => correctionContents != null) && <Corrections id={requestId} />}
          </div>
        )
      }
    </Loaded>
  );
}

function Corrections({ id }: { id: string }): ReactNode {
  const [shown, show] = useState(false);
  if (shown) return <Shown id={id} />;
  return (
    <>
      <p>Corrections are masked like the contents. Reading them is recorded in the ledger.</p>
      <div>
        <RoleButton variant="secondary" roles={[...readers]} onClick={() => show(true)}>
          Show corrections
        </RoleButton>
      </div>
    </>
  );
}

function Shown({ id }: { id: string }): ReactNode {
  return (
    <Loaded query={useQuery(correctionsQuery(id))} what="the corrections">
      {({ items }) =>
        items.length === 0 ? (
          <p>The corrections were deleted under the policy of the workspace.</p>
        ) : (
          <div className="pl-stack">
            {items.map(({ metric, caller, contents, text, recordedAt }) => (
              <section key={`${caller} ${metric}`} aria-label={`Correction by ${caller} for ${metric}`}>
                <p className="pl-subtle">
                  <Person actor={caller} /> for <code>{metric}</code>, <Time at={recordedAt} />, kept{' '}
                  {words(contents).toLowerCase()}
                </p>
                <pre className="pl-content">{text}</pre>
              </section>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}
