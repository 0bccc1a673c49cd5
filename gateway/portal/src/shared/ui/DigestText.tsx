import { useState, type ReactNode } from 'react';
import { short } from '@/shared/text/format';

/** A digest by its first characters, copied whole on a click; the whole of it on hover and to a screen reader. */
export function DigestText({ value, whole = false }: { value: string | null | undefined; whole?: boolean }): ReactNode {
  const [copied, setCopied] = useState(false);
  if (value == null) return <span>—</span>;
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <button
      type="button"
      className="pl-digest"
      title={`${value} (copy)`}
      aria-label={`Copy digest ${value}`}
      onClick={() => void copy()}
      onBlur={() => setCopied(false)}
    >
      <code className={whole ? undefined : 'pl-nowrap'}>{whole ? value : short(value)}</code>
      <span role="status">{copied && ' copied'}</span>
    </button>
  );
}
