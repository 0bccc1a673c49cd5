import { Label, type LabelProps } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { Risk } from '@/shared/risks/risks';
import { inSentence, words } from '@/shared/text/format';

const colours: Record<Risk['residual']['rating'], LabelProps['color']> = {
  LOW: 'green',
  MEDIUM: 'yellow',
  HIGH: 'orange',
  CRITICAL: 'red',
};

/** A level in words and figures; the colour supports them and never replaces them. */
export function RatingLabel({
  assessed: { rating, score },
  prefix,
}: {
  assessed: Risk['residual'];
  prefix?: string;
}): ReactNode {
  return (
    <Label isCompact color={colours[rating]}>
      {prefix === undefined ? words(rating) : `${prefix} ${inSentence(rating)}`} · {score}
    </Label>
  );
}
