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
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type ReactNode } from 'react';
import type { Dataset } from './datasets';
import { columnsOf, formatOf, upload, type RowFormat } from './upload';
import { bytes } from '@/shared/text/format';
import { Field } from '@/shared/ui/Field';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

interface Chosen {
  file: File;
  format: RowFormat | undefined;
  gzip: boolean;
  /** Columns that the dataset needs and the file's beginning does not name. */
  missing: string[];
}

/** Takes a file of rows, looks whether its header can fit, sends it, and leads to the version it becomes. */
export function UploadPanel({ dataset }: { dataset: Dataset }): ReactNode {
  const { name, textColumn, labelColumn } = dataset;
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [chosen, choose] = useState<Chosen>();
  const [sent, tellSent] = useState(0);
  const stop = useRef<AbortController>(null);
  const needed = [textColumn, ...(labelColumn == null ? [] : [labelColumn])];

  const take = async (file: File, format: RowFormat | undefined, gzip: boolean) => {
    const columns = format === undefined ? undefined : await columnsOf(file, format, gzip);
    choose({
      file,
      format,
      gzip,
      missing: columns === undefined ? [] : needed.filter((column) => !columns.includes(column)),
    });
  };
  const sending = useMutation({
    mutationFn: ({ file, format, gzip }: Chosen & { format: RowFormat }) => {
      stop.current = new AbortController();
      tellSent(0);
      return upload({ dataset: name, file, format, gzip, onProgress: tellSent, signal: stop.current.signal });
    },
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({ to: '/datasets/$name/versions/$version', params: { name, version: String(version) } });
    },
  });
  const format = chosen?.format;
  return (
    <Card isCompact>
      <CardTitle component="h2">Upload rows</CardTitle>
      <CardBody>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            if (chosen !== undefined && format !== undefined && !sending.isPending)
              sending.mutate({ ...chosen, format });
          }}
        >
          <Field
            id="rows"
            label="File of rows"
            help={
              <>
                CSV with a header, or JSON Lines, in UTF-8, as it is or compressed by gzip, up to 2 GB; with{' '}
                {needed.map((column, index) => (
                  <span key={column}>
                    {index > 0 && ' and '}
                    <code>{column}</code>
                  </span>
                ))}
                . Each upload becomes a version of its own.
              </>
            }
          >
            <FileUpload
              id="rows"
              value={chosen?.file}
              filename={chosen?.file.name}
              filenamePlaceholder="Drop a file here, or choose one"
              browseButtonText="Choose…"
              hideDefaultPreview
              isDisabled={sending.isPending}
              aria-label="File of rows"
              onFileInputChange={(_event, file) => {
                sending.reset();
                const { format: told, gzip } = formatOf(file.name);
                void take(file, told, gzip);
              }}
              onClearClick={() => {
                sending.reset();
                choose(undefined);
              }}
            />
          </Field>
          {chosen !== undefined && formatOf(chosen.file.name).format === undefined && (
            <Field id="rows-format" label="Format" help="The file's name does not tell it.">
              <FormSelect
                id="rows-format"
                value={format ?? ''}
                onChange={(_event, next) => void take(chosen.file, next as RowFormat, chosen.gzip)}
              >
                <FormSelectOption value="" label="Choose a format" isPlaceholder isDisabled />
                <FormSelectOption value="text/csv" label="CSV" />
                <FormSelectOption value="application/x-ndjson" label="JSON Lines" />
              </FormSelect>
            </Field>
          )}
          {chosen !== undefined && chosen.missing.length > 0 && (
            <Alert
              isInline
              variant="warning"
              component="h3"
              title={`The file's beginning does not name ${chosen.missing.join(' and ')}`}
            >
              Its rows would be refused. Rename the column in the file, or make a dataset for the columns it has.
            </Alert>
          )}
          {sending.isPending && (
            <Progress
              aria-label="Progress of the upload"
              value={Math.round(sent * 100)}
              title={sent < 1 ? `Sending ${bytes(chosen?.file.size ?? 0)}` : 'Sent; the rows are being checked'}
            />
          )}
          {sending.isError && <ProblemPanel error={sending.error} />}
          <Flex>
            <RoleButton
              type="submit"
              roles={['data-steward']}
              reason={chosen === undefined ? 'Choose a file first.' : undefined}
              isLoading={sending.isPending}
              isDisabled={sending.isPending || format === undefined}
            >
              Upload{chosen === undefined ? '' : ` ${bytes(chosen.file.size)}`}
            </RoleButton>
            {sending.isPending && (
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
