import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Answer } from './answer';
import { idsOf, openedBoard, type Board, type BoardIds } from './board';
import { keepDraft, readDraft } from '@/shared/session/draft';

const draft = 'playground';
const draftOfAnswers = 'playground.answers';
/** The stored characters per answer, so that four answers fit into the browser's storage for a tab. */
const MAX_CHARACTERS = 50_000;

/** Returns the board that the tab stored on an earlier visit. */
export function keptBoard(ids: BoardIds): Board {
  return openedBoard(ids, {
    ...readDraft<Board>(draft),
    answers: readDraft<Board['answers']>(draftOfAnswers) as Board['answers'] | undefined,
  });
}

/** Stores the texts in the tab and the ids in the address, so that a reload and a link show the same. */
export function useBoard(start: Board): [Board, (change: (board: Board) => Board) => void] {
  const [board, setBoard] = useState(start);
  const navigate = useNavigate({ from: '/playground' });
  const { answers, ...texts } = board;
  const kept = JSON.stringify(texts);
  const ended = Object.values(answers).every(({ millis }) => millis !== undefined) ? answers : undefined;
  useEffect(() => keep(draft, kept), [kept]);
  useEffect(() => {
    if (ended !== undefined) keep(draftOfAnswers, JSON.stringify(shortened(ended)));
  }, [ended]);
  const ids = JSON.stringify(idsOf(board));
  useEffect(() => {
    void navigate({ search: JSON.parse(ids) as BoardIds, replace: true, resetScroll: false });
  }, [ids, navigate]);
  return [board, setBoard];
}

/** Stores the texts. If the browser has no room, they last only as long as the page is open. */
function keep(key: string, json: string): void {
  try {
    keepDraft(key, json);
  } catch {
    // The quota of the tab's storage is used up.
  }
}

function shortened(answers: Record<string, Answer>): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [
      id,
      {
        ...answer,
        text: answer.text.slice(0, MAX_CHARACTERS),
        calls: answer.calls.map(({ name, args }) => ({ name, args: args.slice(0, MAX_CHARACTERS) })),
      },
    ]),
  );
}
