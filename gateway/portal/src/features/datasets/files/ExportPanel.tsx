import { Button, Card, CardBody, CardTitle, Flex } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import type { components } from '@/shared/http/generated/dataset-registry';
import { may, useSession } from '@/shared/session/session';

type Kind = components['schemas']['DatasetSummary']['kind'];

const formats: Record<Kind, [string, string][]> = {
  CLASSIFICATION: [
    ['JSONL', 'JSON Lines'],
    ['CSV', 'CSV'],
  ],
  QUESTION_ANSWER: [
    ['JSONL', 'JSON Lines'],
    ['CSV', 'CSV'],
  ],
  CHAT: [
    ['JSONL', 'JSON Lines'],
    ['OPENAI', 'OpenAI fine-tuning'],
  ],
  PREFERENCE: [
    ['JSONL', 'JSON Lines'],
    ['OPENAI', 'OpenAI preference fine-tuning'],
  ],
  DOCUMENTS: [['JSONL', 'JSON Lines']],
};

/** Exports the rows as files, for people whose roles allow it. */
export function ExportPanel({
  version: { dataset, version },
  kind,
}: {
  version: Pick<components['schemas']['VersionView'], 'dataset' | 'version'>;
  kind: Kind;
}): ReactNode {
  const session = useSession();
  if (!may(session, 'data-steward', 'compliance-officer')) return null;
  return (
    <Card isCompact id="export">
      <CardTitle component="h2">Export</CardTitle>
      <CardBody>
        <p>
          The files contain all rows as they are in the version, without further masking. Each export is recorded in the
          ledger.
        </p>
        <Flex>
          {formats[kind].map(([format, label]) => (
            <Button
              key={format}
              variant="secondary"
              component="a"
              href={`/api/datasets/${encodeURIComponent(dataset)}/versions/${version}/export?format=${format}`}
              download
            >
              {label}
            </Button>
          ))}
        </Flex>
      </CardBody>
    </Card>
  );
}
