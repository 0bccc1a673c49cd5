import { ActionList, ActionListItem, Button } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
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

/** Buttons that judge an answer. The keys 1 to 9 press them. */
export function LabelButtons({ trace: { application, responseId } }: { trace: Trace }): ReactNode {
  const queries = useQueryClient();
  const labels = useLabels(application);
  const judging = useMutation({
    mutationFn: (judgement: Judgement) => createFeedback({ responseId: responseId ?? '', ...judgement }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['feedback'] }),
  });
  const choices: Choice[] = [
    { name: 'Right', judgement: { correct: true } },
    { name: 'Wrong', judgement: { correct: false } },
    ...labels.map((label) => ({ name: `Should be ${label}`, judgement: { correct: false, correction: label } })),
  ];
  useDigits((digit) => {
    const choice = choices[digit - 1];
    if (choice !== undefined && !judging.isPending) judging.mutate(choice.judgement);
  });
  return (
    <div className="pl-stack" role="group" aria-label="Judge this answer">
      <ActionList>
        {choices.map(({ name, judgement }, place) => (
          <ActionListItem key={name}>
            <Button
              variant="secondary"
              size="sm"
              isDisabled={judging.isPending}
              aria-keyshortcuts={place < MAX_KEYS ? String(place + 1) : undefined}
              onClick={() => judging.mutate(judgement)}
            >
              {place < MAX_KEYS && <kbd aria-hidden="true">{place + 1}</kbd>} {name}
            </Button>
          </ActionListItem>
        ))}
      </ActionList>
      {judging.isSuccess && <p role="status">Your judgement is recorded. Your latest one on an answer counts.</p>}
      {judging.isError && <ProblemPanel error={judging.error} />}
    </div>
  );
}

/** Returns the labels of the suite that the application was evaluated with last; empty without one. */
function useLabels(application: string | null | undefined): string[] {
  const runs = useQuery({ ...runsQuery(application ?? ''), enabled: application != null }).data?.items ?? [];
  const suites = useQuery({ ...suitesQuery, enabled: runs.length > 0 }).data?.items ?? [];
  return suites.find(({ suiteDigest }) => suiteDigest === runs[0]?.suiteDigest)?.labels ?? [];
}

/** Calls back when a digit is pressed, unless it is typed into a field or a dialog is open. */
function useDigits(onDigit: (digit: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const typing = (event.target as Element | null)?.closest('input, textarea, select, [contenteditable]') != null;
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      const covered = document.querySelector('[role="dialog"]') !== null;
      if (!typing && !modified && !covered && /^[1-9]$/.test(event.key)) onDigit(Number(event.key));
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
