import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { Finding } from './prompts';
import { StateLabel } from '@/shared/ui/StateLabel';

export function Findings({ findings }: { findings: Finding[] }): ReactNode {
  if (findings.length === 0) return <p>No guideline is violated.</p>;
  return (
    <Table aria-label="Lint findings" variant="compact">
      <Thead>
        <Tr>
          <Th>Severity</Th>
          <Th>Rule</Th>
          <Th>Where</Th>
          <Th>What to change</Th>
        </Tr>
      </Thead>
      <Tbody>
        {findings.map(({ rule, severity, pointer, line, column, excerpt, detail }, index) => (
          <Tr key={index}>
            <Td dataLabel="Severity">
              <StateLabel state={severity} />
            </Td>
            <Td dataLabel="Rule">{rule}</Td>
            <Td dataLabel="Where">
              <code>{pointer}</code>
              {line != null && ` line ${line}${column == null ? '' : `:${column}`}`}
              {excerpt && <div className="pl-content">{excerpt}</div>}
            </Td>
            <Td dataLabel="What to change">{detail}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
