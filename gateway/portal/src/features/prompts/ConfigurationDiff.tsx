import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { PromptDifference } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';

/** Every value of variables, parameters and response format that differs. */
export function ConfigurationDiff({ difference }: { difference: PromptDifference }): ReactNode {
  const { configuration, from: older, to: newer } = difference;
  if (configuration.length === 0) return <p>Variables, parameters and response format of both versions are equal.</p>;
  return (
    <DataTable aria-label={`Configuration of v${older} and v${newer}`}>
      <Thead>
        <Tr>
          <Th>Setting</Th>
          <Th>v{older}</Th>
          <Th>v{newer}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {configuration.map(({ pointer, from, to }) => (
          <Tr key={pointer}>
            <Td dataLabel="Setting">
              <code>{pointer}</code>
            </Td>
            <Td dataLabel={`v${older}`}>{from == null ? 'absent' : <del className="pl-content">{shown(from)}</del>}</Td>
            <Td dataLabel={`v${newer}`}>{to == null ? 'absent' : <ins className="pl-content">{shown(to)}</ins>}</Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
