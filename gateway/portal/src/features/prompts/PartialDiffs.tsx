import { Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { LinesDiff } from './MessageDiff';
import type { PromptDifference } from './prompts';

/** The partials that differ between two versions, by name. */
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
          <p className="pl-subtle">The text is the same, but a partial that it includes has another version.</p>
        ) : (
          <LinesDiff label={`Partial ${name} of v${from} and v${to}`} from={from} to={to} lines={lines} />
        )}
      </section>
    ));
}
