import { ActionList, ActionListItem } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tracesQuery } from './traces';
import { runsQuery } from '@/shared/data/evaluations';
import { suitesQuery } from '@/shared/data/suites';
import type { Trace } from '@/shared/data/traces';
import { createFeedback, type Judgement } from '@/shared/feedback/feedback';
import { KeyButton, keyOfChoice } from '@/shared/keys/KeyButton';
import { reviewKey } from '@/shared/keys/review';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { pressShortcut } from '@/shared/keys/shortcuts';

interface Choice {
  name: string;
  judgement: Judgement;
}

interface LabelButtonsProps {
  trace: Trace;
  /** The answer of the trace, or null without one; absent to look it up. */
  answer?: string | null;
  /** Receives the name of the chosen button and what was recorded. */
  onJudged?: (name: string, recorded: Recorded) => void;
}

type Recorded = Awaited<ReturnType<typeof createFeedback>>;

/** Buttons that judge an answer. With the focus on them, the keys 1 to 9 press the first nine. */
export function LabelButtons({ trace, answer, onJudged }: LabelButtonsProps): ReactNode {
  const queries = useQueryClient();
  const labels = useOtherLabels(trace, answer);
  const judging = useMutation({
    mutationKey: reviewKey,
    mutationFn: ({ judgement }: Choice) => createFeedback({ responseId: trace.responseId ?? '', ...judgement }),
    onSuccess: (_recorded, { judgement }) => {
      // Each read of corrections is recorded, so they are read again only if one was sent.
      return queries.invalidateQueries({
        queryKey: ['feedback'],
        predicate: ({ queryKey }) => judgement.correction != null || queryKey[1] !== 'corrections',
      });
    },
  });
  const choices: Choice[] = [
    { name: 'Right', judgement: { correct: true } },
    { name: 'Wrong', judgement: { correct: false } },
    ...labels.map((label) => ({ name: `Should be ${label}`, judgement: { correct: false, correction: label } })),
  ];
  return (
    <div className="pl-stack" role="group" aria-label="Judge this answer" onKeyDown={pressShortcut}>
      <ActionList>
        {choices.map((choice, place) => (
          <ActionListItem key={choice.name}>
            <KeyButton
              shortcut={keyOfChoice(place)}
              isAriaDisabled={judging.isPending}
              // The reviewer who has gone to another answer meanwhile stays there.
              onClick={() => judging.mutate(choice, { onSuccess: (recorded) => onJudged?.(choice.name, recorded) })}
            >
              {choice.name}
            </KeyButton>
          </ActionListItem>
        ))}
      </ActionList>
      {judging.isSuccess && (
        <p role="status">Your judgement is recorded. Your latest one on an answer counts.{noteOf(judging.data)}</p>
      )}
      {judging.isError && <ProblemPanel error={judging.error} />}
    </div>
  );
}

/** Returns a sentence about a label that is not kept; empty if it is. */
export function noteOf({ correctionContents }: Recorded): string {
  return correctionContents === 'NONE' ? ' The label is not kept, since contents are not stored.' : '';
}

/** Returns the labels that correct the answer: those of the application without the answer itself. */
function useOtherLabels({ application, requestId, traceId }: Trace, known: string | null | undefined): string[] {
  const labels = useLabels(application);
  const looked = useQuery({ ...tracesQuery({ traceId }), enabled: known === undefined && labels.length > 0 });
  // Labels wait for the answer, so that their keys never change.
  if (known === undefined && looked.isPending) return [];
  const found = looked.data?.items.find((listed) => listed.requestId === requestId)?.answer;
  const answer = (known === undefined ? found : known)?.trim();
  return labels.filter((label) => label !== answer);
}

/** Returns the labels of the suite that the application was evaluated with last; empty without one. */
function useLabels(application: string | null | undefined): string[] {
  const runs = useQuery({ ...runsQuery(application ?? ''), enabled: application != null }).data?.items ?? [];
  const suites = useQuery({ ...suitesQuery, enabled: runs.length > 0 }).data?.items ?? [];
  return suites.find(({ suiteDigest }) => suiteDigest === runs[0]?.suiteDigest)?.labels ?? [];
}
