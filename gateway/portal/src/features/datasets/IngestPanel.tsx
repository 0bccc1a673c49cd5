import { Alert, List, ListItem, Progress } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { isUpload, type DatasetVersion } from './datasets';
import { count } from '@/shared/text/format';
import { LinkButton } from '@/shared/ui/LinkButton';

/** A version that is being read or could not be read. */
export function IngestPanel({ version }: { version: DatasetVersion }): ReactNode {
  const { dataset, state, problems, job, masked } = version;
  if (state === 'FAILED') {
    return (
      <div className="pl-stack">
        <Alert
          isInline
          variant="danger"
          component="h2"
          title={isUpload(version) ? 'The upload was refused' : 'The version could not be made'}
        >
          {problems.length === 0 && <p>{job?.error ?? 'The service gave no reason.'}</p>}
          <List>
            {problems.map(({ code, line, detail }) => (
              <ListItem key={`${code} ${line} ${detail}`}>
                {line > 0 && `Line ${count(line)}: `}
                {detail}
              </ListItem>
            ))}
          </List>
        </Alert>
        {isUpload(version) && (
          <p>
            Next: correct the file and upload it again as a new version.{' '}
            <LinkButton variant="link" isInline to="/datasets/$name" params={{ name: dataset }}>
              Upload again
            </LinkButton>
          </p>
        )}
      </div>
    );
  }
  const left = job?.etaSeconds == null ? '' : ` · about ${count(Math.max(1, Math.round(job.etaSeconds)))} s left`;
  return (
    <div className="pl-stack">
      <Progress
        aria-label="Progress of the ingest"
        value={Math.round((job?.progress ?? 0) * 100)}
        title={`${job?.message || 'Waiting to be read'}${left}`}
      />
      <p role="status">The rows are being {masked ? 'masked' : 'read'}; this page shows the report when it is ready.</p>
    </div>
  );
}
