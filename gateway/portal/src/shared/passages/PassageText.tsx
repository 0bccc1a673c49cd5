import type { ReactNode } from 'react';
import { piecesOf } from '@/shared/passages/marks';

interface PassageTextProps {
  text: string;
  /** Whose words are marked. */
  query?: string;
}

/** What a passage says, as it stands in its document: Markdown stays as it was written. */
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
