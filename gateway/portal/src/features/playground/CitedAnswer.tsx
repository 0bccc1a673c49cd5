import { Button } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Answer, Citation } from './answer';
import { PassageOrigin } from '@/shared/passages/PassageOrigin';
import { headingOf, type Passage } from '@/shared/passages/passages';
import { PassageText } from '@/shared/passages/PassageText';

interface CitedAnswerProps {
  letter: string;
  /** As far as the answer is shown. */
  text: string;
  answer: Pick<Answer, 'citations' | 'passages'>;
}

/** The text of an answer, whose marks lead to the passages beside it; each opens with what it says. */
export function CitedAnswer({ letter, text, answer: { citations = [], passages = [] } }: CitedAnswerProps): ReactNode {
  const [open, setOpen] = useState<number[]>([]);
  const cited = citedOf(citations, passages);
  const others = passages.filter(({ number }) => !cited.some((one) => one.number === number));
  const id = (number: number) => `passage-${letter}-${number}`;
  const show = (number: number) => {
    setOpen((now) => (now.includes(number) ? now : [...now, number]));
    document.getElementById(id(number))?.focus();
  };
  const list = (title: string, listed: Passage[]) =>
    listed.length > 0 && (
      <div>
        <h3 className="pl-subtle">{title}</h3>
        <ol className="pl-plain" aria-label={`${title} of column ${letter}`}>
          {listed.map((passage) => (
            <li key={passage.number}>
              <Opened
                id={id(passage.number)}
                passage={passage}
                open={open.includes(passage.number)}
                onToggle={(next) =>
                  setOpen((now) => [...now.filter((one) => one !== passage.number), ...(next ? [passage.number] : [])])
                }
              />
            </li>
          ))}
        </ol>
      </div>
    );
  return (
    <>
      <div className="pl-content pl-answer" tabIndex={0} role="region" aria-label={`Answer of column ${letter}`}>
        {piecesOf(text, citations).map((piece, index) =>
          typeof piece === 'string' ? (
            piece
          ) : (
            <Button
              key={index}
              variant="link"
              isInline
              aria-label={`${text.slice(piece.from, piece.to)} ${headingOf(piece.passage)}`}
              onClick={() => show(piece.passage.number)}
            >
              {text.slice(piece.from, piece.to)}
            </Button>
          ),
        )}
      </div>
      {list('Cited passages', cited)}
      {list('Retrieved and not cited', others)}
    </>
  );
}

interface OpenedProps {
  id: string;
  passage: Passage;
  open: boolean;
  onToggle: (open: boolean) => void;
}

function Opened({ id, passage, open, onToggle }: OpenedProps): ReactNode {
  return (
    <>
      <Button id={id} variant="link" isInline aria-expanded={open} onClick={() => onToggle(!open)}>
        [{passage.number}] {headingOf(passage)}
      </Button>
      {open && (
        <div className="pl-passage">
          {passage.text === undefined ? (
            <p>
              What it says came not with the answer: it does with a call of a variant by its digest, for prompt and ML
              engineers.
            </p>
          ) : (
            <PassageText text={passage.text} />
          )}
          <PassageOrigin passage={passage} />
        </div>
      )}
    </>
  );
}

/** Each passage once, in the order of the text, with all that came along of it. */
function citedOf(citations: Citation[], passages: Passage[]): Passage[] {
  const cited = new Map<number, Passage>();
  for (const { passage } of citations) {
    if (cited.has(passage.number)) continue;
    cited.set(passage.number, passages.find(({ number }) => number === passage.number) ?? passage);
  }
  return [...cited.values()];
}

/** The text with its marks apart; what is none, as where the text was cut, stays text. */
function piecesOf(text: string, citations: Citation[]): (string | Citation)[] {
  const pieces: (string | Citation)[] = [];
  let from = 0;
  for (const citation of [...citations].sort((one, other) => one.from - other.from)) {
    if (citation.from < from || !/^\[\d+\]$/.test(text.slice(citation.from, citation.to))) continue;
    pieces.push(text.slice(from, citation.from), citation);
    from = citation.to;
  }
  return [...pieces, text.slice(from)];
}
