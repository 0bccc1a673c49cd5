import { FileUpload } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { peek, type Peek } from './peek';
import { Field } from '@/shared/form/Field';
import { DataTable } from '@/shared/ui/DataTable';

/** A file with what its start shows; without the latter where that cannot be read. */
export interface ChosenFile {
  file: File;
  seen: Peek | undefined;
}

interface FilePreviewProps {
  chosen: ChosenFile | undefined;
  onChosen: (chosen: ChosenFile | undefined) => void;
}

/** The file for a new dataset, with its columns and first rows. */
export function FilePreview({ chosen, onChosen }: FilePreviewProps): ReactNode {
  const file = chosen?.file;
  const seen = chosen?.seen;
  return (
    <>
      <Field
        id="dataset-file"
        label="File (optional)"
        help={
          file === undefined
            ? 'CSV, JSON Lines or a zip archive. Its columns fill the form, and it is uploaded after the ' +
              'dataset is created.'
            : seen === undefined
              ? 'The columns cannot be read here. The upload will show what is wrong.'
              : undefined
        }
      >
        <FileUpload
          id="dataset-file"
          value={file}
          filename={file?.name}
          filenamePlaceholder="Drop a file here, or choose one"
          browseButtonText="Choose…"
          hideDefaultPreview
          aria-label="File of the new dataset"
          onFileInputChange={(_event, next) => void peek(next).then((found) => onChosen({ file: next, seen: found }))}
          onClearClick={() => onChosen(undefined)}
        />
      </Field>
      {seen !== undefined && seen.rows.length > 0 && (
        <div className="pl-scroll">
          <DataTable
            aria-label="First rows of the file"
            rows={seen.rows}
            rowKey={(_row, index) => index}
            columns={seen.columns.map((header, column) => ({
              header,
              kind: 'anywhere' as const,
              cell: (row: string[]) => cut(row[column] ?? ''),
            }))}
          />
        </div>
      )}
    </>
  );
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
