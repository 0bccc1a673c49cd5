import { Button } from '@patternfly/react-core';
import { useId, useState, type ReactNode } from 'react';
import { citedIn, partsOf, withTexts, type Citation } from '@/shared/passages/citations';
import { PassageOrigin } from '@/shared/passages/PassageOrigin';
import { headingOf, type Passage } from '@/shared/passages/passages';
import { PassageText } from '@/shared/passages/PassageText';

interface CitedTextProps {
  /** The owner of the text, as in "Answer of column A". */
  of: string;
  /** Returns the accessible name of a list of passages from its title. */
  named: (title: string) => string;
  text: string;
  citations: Citation[];
  /** The retrieved passages, if they came with the answer. */
  passages: Passage[];
  /** The reason why passages have no text. */
  withoutText: string;
  /** Returns the label after the heading of a passage. */
  labelled?: (passage: Passage) => ReactNode;
}

/** A text with citation marks that link to the passages below it. Each passage opens to show its text. */
export function CitedText({ of, named, text, citations, passages, withoutText, labelled }: CitedTextProps): ReactNode {
  const id = useId();
  const [open, setOpen] = useState<number[]>([]);
  const known = withTexts(citations, passages);
  const cited = citedIn(known);
  const others = passages.filter(({ number }) => !cited.some((one) => one.number === number));
  const idOf = (number: number) => `${id}-${number}`;
  const show = (number: number) => {
    setOpen((now) => [...now.filter((one) => one !== number), number]);
    document.getElementById(idOf(number))?.focus();
  };
  const list = (title: string, listed: Passage[]) =>
    listed.length > 0 && (
      <div>
        <h3 className="pl-subtle">{title}</h3>
        <ol className="pl-plain" aria-label={named(title)}>
          {listed.map((passage) => (
            <li key={passage.number}>
              <Opened
                id={idOf(passage.number)}
                passage={passage}
                open={open.includes(passage.number)}
                withoutText={withoutText}
                labelled={labelled}
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
      <div className="pl-content pl-answer" tabIndex={0} role="region" aria-label={`Answer of ${of}`}>
        {partsOf(text, known).map(({ text: part, cited: passage }, index) =>
          passage === undefined ? (
            part
          ) : (
            <Button
              key={index}
              variant="link"
              isInline
              aria-label={`${part} ${headingOf(passage)}`}
              onClick={() => show(passage.number)}
            >
              {part}
            </Button>
          ),
        )}
      </div>
      {(cited.length > 0 || others.length > 0) && (
        <div className="pl-stack">
          {list('Cited passages', cited)}
          {list('Retrieved and not cited', others)}
        </div>
      )}
    </>
  );
}

interface OpenedProps extends Pick<CitedTextProps, 'withoutText' | 'labelled'> {
  id: string;
  passage: Passage;
  open: boolean;
  onToggle: (open: boolean) => void;
}

function Opened({ id, passage, open, withoutText, labelled, onToggle }: OpenedProps): ReactNode {
  return (
    <>
      <Button id={id} variant="link" isInline aria-expanded={open} onClick={() => onToggle(!open)}>
        [{passage.number}] {headingOf(passage)}
      </Button>{' '}
      {labelled?.(passage)}
      {open && (
        <div className="pl-passage">
          {passage.text === undefined ? <p>{withoutText}</p> : <PassageText text={passage.text} />}
          <PassageOrigin passage={passage} />
        </div>
      )}
    </>
  );
}
