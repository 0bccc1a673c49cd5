import { Tooltip } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { short } from '@/shared/text/format';

/** A digest by its first characters; the whole of it on hover, on focus and to a screen reader. */
export function DigestText({ value, whole = false }: { value: string | null | undefined; whole?: boolean }): ReactNode {
  if (value == null) return <span>—</span>;
  if (whole) return <code className="pl-digest">{value}</code>;
  return (
    <Tooltip content={<code className="pl-digest">{value}</code>}>
      <code className="pl-digest" tabIndex={0} role="note" aria-label={`Digest ${value}`}>
        {short(value)}
      </code>
    </Tooltip>
  );
}
