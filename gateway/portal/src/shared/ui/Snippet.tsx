import { Button, CodeBlock, CodeBlockAction, CodeBlockCode } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';

/** A text with a button that copies it. */
export function Snippet({ name, text }: { name: string; text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <CodeBlock
      actions={
        <CodeBlockAction>
          <span className="pl-subtle">{name}</span>
          <Button
            size="sm"
            variant="link"
            onClick={copy}
            onBlur={() => setCopied(false)}
            aria-label={`${copied ? 'Copied' : 'Copy'}: ${name}`}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        </CodeBlockAction>
      }
    >
      <CodeBlockCode>{text}</CodeBlockCode>
    </CodeBlock>
  );
}
