import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { LintReport } from './prompts';
import { tokenWords } from '@/shared/data/promptRendering';
import { words } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';

export function Findings({ report: { violations, findings, tokens } }: { report: LintReport }): ReactNode {
  return (
    <>
      <p>Each call takes {tokenWords(tokens)} of the model&rsquo;s context window, plus the values of the variables.</p>
      {violations.length === 0 && findings.length === 0 ? (
        <p>No guideline is violated.</p>
      ) : (
        <FindingsTable violations={violations} findings={findings} />
      )}
    </>
  );
}

function FindingsTable({ violations, findings }: Pick<LintReport, 'violations' | 'findings'>): ReactNode {
  return (
    <TableFrame aria-label="Lint findings">
      <Thead>
        <Tr>
          <Th>Severity</Th>
          <Th>Rule</Th>
          <Th>Where</Th>
          <Th>What to change</Th>
        </Tr>
      </Thead>
      <Tbody>
        {violations.map(({ pointer, detail }) => (
          <Tr key={pointer + detail}>
            <Td dataLabel="Severity">
              <StateLabel state="ERROR" />
            </Td>
            <Td dataLabel="Rule">blocks publication</Td>
            <Td dataLabel="Where">
              <code>{pointer}</code>
            </Td>
            <Td dataLabel="What to change">{detail}</Td>
          </Tr>
        ))}
        {findings.map(({ rule, severity, pointer, line, column, excerpt, detail }, index) => (
          <Tr key={index}>
            <Td dataLabel="Severity">
              <StateLabel state={severity} />
            </Td>
            <Td dataLabel="Rule">{words(rule)}</Td>
            <Td dataLabel="Where">
              <code>{pointer}</code>
              {line != null && ` line ${line}${column == null ? '' : `:${column}`}`}
              {excerpt && <div className="pl-content">{excerpt}</div>}
            </Td>
            <Td dataLabel="What to change">{detail}</Td>
          </Tr>
        ))}
      </Tbody>
    </TableFrame>
  );
}
