import type { ReactNode } from 'react';
import { piecesOf } from '@/shared/passages/marks';

interface PassageTextProps {
  text: string;
  /** The query whose words are marked. */
  query?: string;
}

/** The text of a passage as it is in its document. Markdown is not rendered. */
export function PassageText({ text, query = '' }: PassageTextProps): ReactNode {
  return (
    <div className="pl-content">
      {piecesOf(text, query).map((piece, index) =>
        piece.marked ? (
          <mark key={index} className="pl-found">
            {piece.text}
          </mark>
        ) : (
          piece.text
        ),
      )}
    </div>
  );
}
