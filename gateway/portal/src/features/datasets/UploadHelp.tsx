import type { ReactNode } from 'react';
import type { Dataset } from './datasets';

const conversation =
  '{"input":{"messages":[{"role":"user","content":"Where is my parcel?"}]},' +
  '"expected":{"references":["It arrives on Friday."]}}';
const question =
  '{"question":"How long may I return a parcel?","expected":{"answers":["14 days"],' +
  '"passages":[{"documentId":"returns.md","section":"Returns"}]},"subset":"test"}';
const preference =
  '{"input":{"messages":[{"role":"user","content":"Where is my parcel?"}]},' +
  '"expected":{"chosen":"It arrives on Friday.","rejected":"I cannot know that."}}';
const document = '{"document":{"documentId":"returns.md","title":"Returns","text":"# Returns Within 14 days."}}';

/** Describes the files that a dataset of the kind accepts. */
export function UploadHelp({ kind, columns }: { kind: Dataset['kind']; columns: string[] }): ReactNode {
  if (kind === 'CHAT') {
    return (
      <>
        JSON Lines in UTF-8, plain or gzip-compressed, up to 2 GB. Each line is a conversation such as{' '}
        <code className="pl-anywhere">{conversation}</code>; lines of OpenAI&rsquo;s chat fine-tuning (
        <code>messages</code>) and evals (<code>input</code>, <code>ideal</code>), items of Langfuse and rows of MLflow
        are accepted as well. Use <code>variables</code>, with or instead of <code>messages</code>, to set the variables
        of a prompt. Each upload becomes a new version.
      </>
    );
  }
  if (kind === 'QUESTION_ANSWER') {
    return (
      <>
        JSON Lines in UTF-8, plain or gzip-compressed, up to 2 GB. Each line is a question such as{' '}
        <code className="pl-anywhere">{question}</code>. A question that ends a conversation has <code>input</code> with
        messages instead of <code>question</code>. A question that the documents do not answer has no answers. Each
        upload becomes a new version.
      </>
    );
  }
  if (kind === 'PREFERENCE') {
    return (
      <>
        JSON Lines in UTF-8, plain or gzip-compressed, up to 2 GB. Each line is a conversation with a better and a worse
        answer: <code className="pl-anywhere">{preference}</code>. An answer may also be an assistant message. Lines of
        OpenAI&rsquo;s preference fine-tuning (<code>preferred_output</code>, <code>non_preferred_output</code>) are
        accepted as well. Each upload becomes a new version.
      </>
    );
  }
  if (kind === 'DOCUMENTS') {
    return (
      <>
        JSON Lines in UTF-8, plain or gzip-compressed, up to 2 GB. Each line is a document such as{' '}
        <code className="pl-anywhere">{document}</code>. A zip archive of text, Markdown, HTML and PDF files is accepted
        as well: each file becomes a document. Each upload becomes a new version.
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
      . An optional column or field <code>subset</code> assigns rows to train, validation or test. Each upload becomes a
      new version.
    </>
  );
}
