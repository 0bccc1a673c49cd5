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

/** The outdated questions with their causes. A question is shown unmasked on demand, which is recorded. */
export function StaleQuestionsTable({ dataset, version, questions }: StaleQuestionsTableProps): ReactNode {
  return (
    <DataTable
      aria-label="Questions that no longer fit"
      rows={questions}
      rowKey={({ row }) => row}
      columns={[
        { header: 'Row', kind: 'number', cell: ({ row }) => count(row) },
        {
          header: 'Question',
          kind: 'anywhere',
          cell: ({ row, itemId, question }) => (
            <>
              {question}
              <OnDemand what={`unmasked question ${count(row)}`} roles={itemReaders} button="Unmasked">
                <LoadedItem dataset={dataset} version={version} itemId={itemId} />
              </OnDemand>
            </>
          ),
        },
        {
          header: 'Causes',
          kind: 'anywhere',
          cell: ({ causes }) => (
            <ul className="pl-plain">
              {causes.map(({ cause, documentId, text }) => (
                <li key={`${cause} ${documentId} ${text}`}>
                  {words(cause)}: {documentId}
                  {text != null && <> “{text}”</>}
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}
