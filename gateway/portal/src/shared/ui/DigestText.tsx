import { useState, type ReactNode } from 'react';
import { short } from '@/shared/text/format';

interface DigestTextProps {
  value: string | null | undefined;
  isFull?: boolean;
}

/** A digest by its first characters, copied whole on a click; the whole of it on hover and as its description. */
export function DigestText({ value, isFull = false }: DigestTextProps): ReactNode {
  const [copied, setCopied] = useState(false);
  if (value == null) return <span>—</span>;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  // The accessible name begins with what is seen, so that it can be spoken (WCAG 2.5.3).
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
