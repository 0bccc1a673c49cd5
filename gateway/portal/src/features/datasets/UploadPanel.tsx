import {
  Alert,
  Button,
  Card,
  CardBody,
  CardTitle,
  FileUpload,
  Flex,
  Form,
  FormSelect,
  FormSelectOption,
  Progress,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import type { Dataset } from './datasets';
import { takeChosenFile } from './files/chosenFiles';
import { columnsOf, formatOf, upload, type RowFormat } from './files/rows';
import { UploadHelp } from './UploadHelp';
import { uploadInParts } from './files/uploadInParts';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { bytes } from '@/shared/text/format';
import { Field } from '@/shared/form/Field';
import { TextField } from '@/shared/form/fields';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

const schema = z.object({
  file: z.file('Choose a file first.'),
  format: z.enum(['text/csv', 'application/x-ndjson', 'application/zip'], 'Choose a format.'),
  documents: z.string(),
});
/** The size above which files are sent in parts. A lost connection then costs one part, not the complete upload. */
const AT_ONCE = 32 << 20;
/** The content of the kinds that CSV cannot hold. */
const heldBy: Partial<Record<Dataset['kind'], string>> = {
  CHAT: 'conversations',
  PREFERENCE: 'preferences',
  DOCUMENTS: 'documents',
};
/** The initial values. The file and format are left out: none is chosen, and a name may not show the format. */
const initial = { documents: '' } as z.input<typeof schema>;

/** The form that uploads a file of rows. It checks the header first, and opens the new version afterwards. */
export function UploadPanel({ dataset }: { dataset: Dataset }): ReactNode {
  const { name, kind, textColumn, labelColumn } = dataset;
  const navigate = useNavigate();
  const queries = useQueryClient();
  // A file that was chosen before the dataset was created; its columns were chosen from it.
  const [chosen] = useState(() => takeChosenFile(name));
  const [missing, setMissing] = useState<string[]>([]);
  const [sent, setSent] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const stop = useRef<AbortController>(null);
  const needed = [textColumn, labelColumn].filter((column) => column != null);
  const form = useCommandForm({
    schema,
    initial:
      chosen === undefined ? initial : { ...initial, file: chosen, format: formatOf(chosen.name).format as RowFormat },
    command: ({ file, format, documents }) => ({ file, format, documents, gzip: formatOf(file.name).gzip }),
    send: (rows) => {
      stop.current = new AbortController();
      setSent(0);
      setWaiting(false);
      const sending = { ...rows, dataset: name, onProgress: setSent, signal: stop.current.signal };
      return rows.file.size > AT_ONCE ? uploadInParts({ ...sending, onWaiting: setWaiting }) : upload(sending);
    },
    onSent: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({ to: '/datasets/$name/versions/$version', params: { name, version: String(version) } });
    },
  });
  const { file, format } = form.values as Partial<z.input<typeof schema>>;

  const take = async (rows: File, as: RowFormat | undefined) => {
    const columns = as === undefined ? undefined : await columnsOf(rows, as, formatOf(rows.name).gzip);
    setMissing(columns === undefined ? [] : needed.filter((column) => !columns.includes(column)));
    form.set('file', rows);
    form.set('format', as as RowFormat);
  };
  return (
    <Card isCompact>
      <CardTitle component="h2">Upload rows</CardTitle>
      <CardBody>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            form.submit();
          }}
        >
          <Field id="rows" label="File of rows" help={<UploadHelp kind={kind} columns={needed} />}>
            <FileUpload
              id="rows"
              value={file}
              filename={file?.name}
              filenamePlaceholder="Drop a file here, or choose one"
              browseButtonText="Choose…"
              hideDefaultPreview
              isDisabled={form.pending}
              aria-label="File of rows"
              onFileInputChange={(_event, rows) => {
                form.clear();
                void take(rows, formatOf(rows.name).format);
              }}
              onClearClick={() => {
                form.clear();
                form.reset();
                setMissing([]);
              }}
            />
          </Field>
          {file !== undefined && formatOf(file.name).format === undefined && (
            <Field id="rows-format" label="Format" help="The file's name does not show it.">
              <FormSelect
                id="rows-format"
                value={format ?? ''}
                onChange={(_event, next) => void take(file, next as RowFormat)}
              >
                <FormSelectOption value="" label="Choose a format" isPlaceholder isDisabled />
                <FormSelectOption value="text/csv" label="CSV" />
                <FormSelectOption value="application/x-ndjson" label="JSON Lines" />
                {kind === 'DOCUMENTS' && <FormSelectOption value="application/zip" label="Zip archive of files" />}
              </FormSelect>
            </Field>
          )}
          {kind === 'QUESTION_ANSWER' && (
            <TextField
              id="rows-documents"
              control={form.control}
              name="documents"
              label="Documents (optional)"
              placeholder="shop-pages/2"
              help={
                'The dataset and version of the documents. Questions about a document that is missing there ' +
                'are refused, with its id.'
              }
            />
          )}
          {format === 'text/csv' && heldBy[kind] !== undefined && (
            <Alert isInline variant="warning" component="h3" title={`CSV cannot hold ${heldBy[kind]}`}>
              Upload JSON Lines instead, with one of them on each line.
            </Alert>
          )}
          {format === 'application/zip' && kind !== 'DOCUMENTS' && (
            <Alert isInline variant="warning" component="h3" title="An archive can only hold documents">
              Upload a file of rows, or create a dataset of documents for the archive.
            </Alert>
          )}
          {missing.length > 0 && (
            <Alert
              isInline
              variant="warning"
              component="h3"
              title={`The file's header has no column named ${missing.join(' or ')}`}
            >
              The rows would be refused. Rename the column in the file, or create a dataset with the columns of the
              file.
            </Alert>
          )}
          {form.pending && (
            <Progress
              aria-label="Progress of the upload"
              value={Math.round(sent * 100)}
              title={
                waiting
                  ? 'The connection is lost. The upload continues as soon as it is back'
                  : sent < 1
                    ? `Sending ${bytes(file?.size ?? 0)}`
                    : 'Sent; the rows are being checked'
              }
            />
          )}
          {form.error != null && <ProblemPanel error={form.error} />}
          <Flex>
            <RoleButton
              type="submit"
              roles={['data-steward']}
              reason={form.blocked}
              isLoading={form.pending}
              isDisabled={form.pending}
            >
              Upload{file === undefined ? '' : ` ${bytes(file.size)}`}
            </RoleButton>
            {form.pending && (
              <Button variant="link" onClick={() => stop.current?.abort()}>
                Stop
              </Button>
            )}
          </Flex>
        </Form>
      </CardBody>
    </Card>
  );
}
