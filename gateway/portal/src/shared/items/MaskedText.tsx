import type { ReactNode } from 'react';

const placeholder = /(<[A-Z][A-Z0-9_]*>)/;
/** The number of characters after which a text is cut. */
const most = 400;

interface MaskedTextProps {
  text: string;
  /** The kinds of masked values, which are the names of the placeholders. */
  masked: string[];
}

/** A text in which the placeholders of masked values are marked. */
export function MaskedText({ text, masked }: MaskedTextProps): ReactNode {
  const shown = text.length > most ? `${text.slice(0, most)}…` : text;
  return (
    <>
      {shown.split(placeholder).map((part, index) =>
        masked.includes(part.slice(1, -1)) ? (
          <mark key={index} className="pl-masked">
            {part}
          </mark>
        ) : (
          part
        ),
      )}
    </>
  );
}
