import { Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { LinesDiff } from './MessageDiff';
import type { PromptDifference } from './prompts';

/** What two versions include by the same name, where that differs. */
export function PartialDiffs({ difference: { partials, from, to } }: { difference: PromptDifference }): ReactNode {
  return partials
    .filter(({ changed }) => changed)
    .map(({ name, fromDigest, toDigest, lines }) => (
      <section key={name} aria-label={`Partial ${name}`}>
        <Title headingLevel="h2" size="md">
          Partial {name}
          {fromDigest == null && ', added'}
          {toDigest == null && ', removed'}
        </Title>
        {lines.every(({ kind }) => kind === 'EQUAL') ? (
          <p className="pl-subtle">The same text, with another version of what it includes itself.</p>
        ) : (
          <LinesDiff label={`Partial ${name} of v${from} and v${to}`} from={from} to={to} lines={lines} />
        )}
      </section>
    ));
}
