import type { ReactNode } from 'react';
import { formatTime, useZone } from '@/shared/text/time';

export function Time({ at }: { at: string | null | undefined }): ReactNode {
  const [zone] = useZone();
  if (at == null) return <span>—</span>;
  return (
    <time dateTime={at} className="pl-figures">
      {formatTime(at, zone).replace(/ (?=\S+$)/, '\u00a0')}
    </time>
  );
}
