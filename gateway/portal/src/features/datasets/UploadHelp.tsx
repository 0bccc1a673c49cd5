import type { ReactNode } from 'react';
import type { Dataset } from './datasets';

const own =
  '{"input":{"messages":[{"role":"user","content":"Where is my parcel?"}]},' +
  '"expected":{"references":["It arrives on Friday."]}}';

/** Which files fit a dataset. */
export function UploadHelp({ kind, columns }: { kind: Dataset['kind']; columns: string[] }): ReactNode {
  if (kind === 'CHAT') {
    return (
      <>
        JSON Lines in UTF-8, plain or gzip-compressed, up to 2 GB. Each line is a conversation such as{' '}
        <code className="pl-anywhere">{own}</code>; lines of OpenAI&rsquo;s chat fine-tuning (<code>messages</code>) and
        evals (<code>input</code>, <code>ideal</code>) are read as well. Each upload becomes a new version.
      </>
    );
  }
  return (
    <>
      CSV with a header, or JSON Lines, in UTF-8, plain or gzip-compressed, up to 2 GB; with{' '}
      {columns.map((column, index) => (
        <span key={column}>
          {index > 0 && ' and '}
          <code>{column}</code>
        </span>
      ))}
      . Each upload becomes a new version.
    </>
  );
}
