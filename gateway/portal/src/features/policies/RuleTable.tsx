import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { rulesOf } from './source';
import { DataTable } from '@/shared/ui/DataTable';

/** The rules of a source; a source in another form is shown as it is. */
export function RuleTable({ source }: { source: string }): ReactNode {
  const rules = rulesOf(source);
  if (rules === undefined) {
    return (
      <CodeBlock>
        <CodeBlockCode>{source}</CodeBlockCode>
      </CodeBlock>
    );
  }
  return (
    <DataTable
      aria-label="Rules"
      rows={rules}
      rowKey={({ name }) => name}
      columns={[
        { header: 'Rule', kind: 'anywhere', width: 20, cell: ({ name }) => name },
        {
          header: 'Must be true',
          width: 40,
          cell: ({ expression }) => <code className="pl-content">{expression}</code>,
        },
        { header: 'Message otherwise', kind: 'anywhere', cell: ({ message }) => message },
      ]}
    />
  );
}
