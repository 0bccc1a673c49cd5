import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { ReactNode } from 'react';
import type { StaleQuestion } from './staleQuestions';
import { LoadedItem } from '@/shared/items/ItemContent';
import { itemReaders } from '@/shared/items/items';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { OnDemand } from '@/shared/ui/OnDemand';

interface StaleQuestionsTableProps {
  dataset: string;
  version: number;
  questions: StaleQuestion[];
}

/** Questions with what no longer fits; one is shown whole on demand, which is recorded. */
export function StaleQuestionsTable({ dataset, version, questions }: StaleQuestionsTableProps): ReactNode {
  return (
    <DataTable aria-label="Questions that no longer fit">
      <Thead>
        <Tr>
          <Th className="pl-number">Row</Th>
          <Th>Question</Th>
          <Th>Causes</Th>
        </Tr>
      </Thead>
      <Tbody>
        {questions.map(({ row, itemId, question, causes }) => (
          <Tr key={row}>
            <Td dataLabel="Row" className="pl-number">
              {count(row)}
            </Td>
            <Td dataLabel="Question" className="pl-anywhere">
              {question}
              <OnDemand what={`unmasked question ${count(row)}`} roles={itemReaders} button="Unmasked">
                <LoadedItem dataset={dataset} version={version} itemId={itemId} />
              </OnDemand>
            </Td>
            <Td dataLabel="Causes" className="pl-anywhere">
              <ul className="pl-plain">
                {causes.map(({ cause, documentId, text }) => (
                  <li key={`${cause} ${documentId} ${text}`}>
                    {words(cause)}: {documentId}
                    {text != null && <> “{text}”</>}
                  </li>
                ))}
              </ul>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
