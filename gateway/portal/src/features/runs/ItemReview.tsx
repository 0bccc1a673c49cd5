import { useEffect, useRef, type ReactNode } from 'react';
import { CorrectExpected } from './CorrectExpected';
import type { ListedRunItem, Suite } from './runs';
import { carriesVerdicts } from '@/shared/data/suites';
import { collectors } from '@/shared/items/draft';
import { may, useSession } from '@/shared/session/session';
import { KeyButton } from '@/shared/keys/KeyButton';
import { useIsReviewing } from '@/shared/keys/review';

/** Opens another answer of the page in the place of this one; absent where there is none. */
export interface Steps {
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

interface ItemReviewProps {
  runId: string;
  item: ListedRunItem;
  suite: Suite | undefined;
  steps: Steps;
  /** True if a step led here, which moves the focus. */
  focused: boolean;
}

/** The controls of an open answer: to correct what its row expects, and to go to the answers beside it. */
export function ItemReview({ runId, item, suite, steps, focused }: ItemReviewProps): ReactNode {
  const mayCorrect = may(useSession(), ...collectors);
  const sending = useIsReviewing();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) group.current?.focus();
  }, [focused]);
  return (
    <div ref={group} tabIndex={-1} role="group" aria-label={`Review of item ${item.itemId}`} className="pl-stack">
      {suite !== undefined && mayCorrect && !carriesVerdicts(suite) && (
        <CorrectExpected runId={runId} item={item} suite={suite} onRight={steps.next} />
      )}
      <div>
        <KeyButton shortcut="k" isAriaDisabled={sending || steps.previous === undefined} onClick={steps.previous}>
          Previous answer
        </KeyButton>{' '}
        <KeyButton shortcut="j" isAriaDisabled={sending || steps.next === undefined} onClick={steps.next}>
          Next answer
        </KeyButton>
      </div>
    </div>
  );
}
