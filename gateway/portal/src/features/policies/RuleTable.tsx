import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
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
    <DataTable aria-label="Rules">
      <Thead>
        <Tr>
          <Th width={20}>Rule</Th>
          <Th width={40}>Must be true</Th>
          <Th>Message otherwise</Th>
        </Tr>
      </Thead>
      <Tbody>
        {rules.map(({ name, expression, message }) => (
          <Tr key={name}>
            <Td dataLabel="Rule" className="pl-anywhere">
              {name}
            </Td>
            <Td dataLabel="Must be true">
              <code className="pl-content">{expression}</code>
            </Td>
            <Td dataLabel="Message otherwise" className="pl-anywhere">
              {message}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
