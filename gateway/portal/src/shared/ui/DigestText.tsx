import { useState, type ReactNode } from 'react';
import { short } from '@/shared/text/format';

interface DigestTextProps {
  value: string | null | undefined;
  isFull?: boolean;
}

/** The first characters of a digest. A click copies the complete digest, which is also shown on hover. */
export function DigestText({ value, isFull = false }: DigestTextProps): ReactNode {
  const [copied, setCopied] = useState(false);
  if (value == null) return <span>—</span>;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  // The accessible name begins with the visible text, so that speech control can use it (WCAG 2.5.3).
  return (
    <button
      type="button"
      className="pl-digest"
      title={isFull ? 'Copy' : `${value} (copy)`}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      <code className={isFull ? undefined : 'pl-nowrap'}>{isFull ? value : short(value)}</code>
      <span className="pf-v6-screen-reader"> copy digest</span>
      <span role="status">{copied && ' copied'}</span>
    </button>
  );
}
