import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import { changes } from './diff';
import type { PromptVersion } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';

export function ConfigurationDiff({ before, after }: { before: PromptVersion; after: PromptVersion }): ReactNode {
  const found = changes(configuration(before), configuration(after));
  if (found.length === 0) return <p>Parameters, variables, examples and response format of both versions are equal.</p>;
  return (
    <DataTable aria-label={`Configuration of v${before.version} and v${after.version}`}>
      <Thead>
        <Tr>
          <Th>Setting</Th>
          <Th>v{before.version}</Th>
          <Th>v{after.version}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {found.map(({ pointer, from, to }) => (
          <Tr key={pointer}>
            <Td dataLabel="Setting">
              <code>{pointer}</code>
            </Td>
            <Td dataLabel={`v${before.version}`}>
              {from === undefined ? 'absent' : <del className="pl-content">{from}</del>}
            </Td>
            <Td dataLabel={`v${after.version}`}>
              {to === undefined ? 'absent' : <ins className="pl-content">{to}</ins>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function configuration({ parameters, variables, examples, responseFormat }: PromptVersion): unknown {
  return { parameters, variables, examples, responseFormat };
}
