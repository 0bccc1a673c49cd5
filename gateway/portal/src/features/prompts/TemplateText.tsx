import type { ReactNode } from 'react';
import { isVariable, tokensOf } from '@/shared/text/templates';

/** A template with its variables highlighted. */
export function TemplateText({ text }: { text: string }): ReactNode {
  return (
    <div className="pl-content">
      {tokensOf(text).map((token, index) =>
        isVariable(token) ? (
          <span key={index} className="pl-variable">
            {token}
          </span>
        ) : (
          token
        ),
      )}
    </div>
  );
}
