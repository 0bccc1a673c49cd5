import { ActionList, ActionListItem, Button } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { KeyboardEvent, ReactNode } from 'react';
import { tracesQuery } from './traces';
import { runsQuery } from '@/shared/data/evaluations';
import { suitesQuery } from '@/shared/data/suites';
import type { Trace } from '@/shared/data/traces';
import { createFeedback, type Judgement } from '@/shared/feedback/feedback';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

/** The number of buttons that have a digit as their key. */
const MAX_KEYS = 9;

interface Choice {
  name: string;
  judgement: Judgement;
}

/** Buttons that judge an answer. With the focus on them, the keys 1 to 9 press the first nine. */
export function LabelButtons({ trace }: { trace: Trace }): ReactNode {
  const queries = useQueryClient();
  const labels = useOtherLabels(trace);
  const judging = useMutation({
    mutationFn: (judgement: Judgement) => createFeedback({ responseId: trace.responseId ?? '', ...judgement }),
    // Each read of corrections is recorded, so they are read again only if one was sent.
    onSuccess: (_recorded, { correction }) =>
      queries.invalidateQueries({
        queryKey: ['feedback'],
        predicate: ({ queryKey }) => correction != null || queryKey[1] !== 'corrections',
      }),
  });
  const choices: Choice[] = [
    { name: 'Right', judgement: { correct: true } },
    { name: 'Wrong', judgement: { correct: false } },
    ...labels.map((label) => ({ name: `Should be ${label}`, judgement: { correct: false, correction: label } })),
  ];
  const press = (event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    if (event.repeat || modified || judging.isPending || !/^[1-9]$/.test(event.key)) return;
    const choice = choices[Number(event.key) - 1];
    if (choice !== undefined) judging.mutate(choice.judgement);
  };
  return (
    <div className="pl-stack" role="group" aria-label="Judge this answer" onKeyDown={press}>
      <ActionList>
        {choices.map(({ name, judgement }, place) => (
          <ActionListItem key={name}>
            <Button
              variant="secondary"
              size="sm"
              isAriaDisabled={judging.isPending}
              aria-keyshortcuts={place < MAX_KEYS ? String(place + 1) : undefined}
              onClick={() => judging.mutate(judgement)}
            >
              {place < MAX_KEYS && <kbd aria-hidden="true">{place + 1}</kbd>} {name}
            </Button>
          </ActionListItem>
        ))}
      </ActionList>
      {judging.isSuccess && (
        <p role="status">
          Your judgement is recorded. Your latest one on an answer counts.
          {judging.data.correctionContents === 'NONE' && ' The label is not kept, since contents are not stored.'}
        </p>
      )}
      {judging.isError && <ProblemPanel error={judging.error} />}
    </div>
  );
}

/** Returns the labels that correct the answer: those of the application without the answer itself. */
function useOtherLabels({ application, requestId, traceId }: Trace): string[] {
  const labels = useLabels(application);
  const { data, isPending } = useQuery({ ...tracesQuery({ traceId }), enabled: labels.length > 0 });
  const answer = data?.items.find((listed) => listed.requestId === requestId)?.answer?.trim();
  // Labels wait for the answer, so that their keys never change.
  return isPending ? [] : labels.filter((label) => label !== answer);
}

/** Returns the labels of the suite that the application was evaluated with last; empty without one. */
function useLabels(application: string | null | undefined): string[] {
  const runs = useQuery({ ...runsQuery(application ?? ''), enabled: application != null }).data?.items ?? [];
  const suites = useQuery({ ...suitesQuery, enabled: runs.length > 0 }).data?.items ?? [];
  return suites.find(({ suiteDigest }) => suiteDigest === runs[0]?.suiteDigest)?.labels ?? [];
}
