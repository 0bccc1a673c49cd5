import { Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { PromptDifference } from './prompts';

/** The variables that were added, removed, renamed or declared differently. */
export function VariableChanges({ difference }: { difference: PromptDifference }): ReactNode {
  const changes = changesOf(difference);
  if (changes.length === 0) return null;
  return (
    <p className="pl-variables">
      Variables:{' '}
      {changes.map(({ text, color }) => (
        <Label key={text} isCompact color={color}>
          {text}
        </Label>
      ))}
    </p>
  );
}

interface Change {
  text: string;
  color?: 'green' | 'red' | 'blue';
}

function changesOf({ configuration, renamedVariables }: PromptDifference): Change[] {
  const renamed = Object.entries(renamedVariables);
  const changes: Change[] = renamed.map(([from, to]) => ({ text: `${from} → ${to} renamed`, color: 'blue' }));
  const known = new Set(renamed.flat());
  for (const { pointer, from, to } of configuration) {
    const [, name, below] = /^\/variables\/properties\/([^/]+)(\/.*)?$/.exec(pointer) ?? [];
    if (name === undefined || known.has(name)) continue;
    known.add(name);
    if (below !== undefined) changes.push({ text: `${name} changed` });
    else if (from == null) changes.push({ text: `+ ${name} added`, color: 'green' });
    else if (to == null) changes.push({ text: `− ${name} removed`, color: 'red' });
    else changes.push({ text: `${name} changed` });
  }
  return changes;
}
