import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { RenderedPrompt } from './RenderedPrompt';
import { contentQuery, readers, type Trace, type TraceContent, type TraceDetail } from '@/shared/data/traces';
import { correctionsQuery, traceFeedbackQuery, type Correction } from '@/shared/feedback/feedback';
import { Problem } from '@/shared/http/problem';
import { Message, Variables } from '@/shared/items/ItemContent';
import { AddToDataset } from '@/shared/items/AddToDataset';
import { requestIn } from '@/shared/items/request';
import type { Candidate } from '@/shared/items/draft';
import type { ChatMessage } from '@/shared/items/items';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The contents of a request and its answer. They are shown on demand, because reading them is recorded. */
export function TraceContentPanel({ detail }: { detail: TraceDetail }): ReactNode {
  const { trace } = detail;
  const [shown, show] = useState(false);
  if (trace.contents === 'NONE')
    return (
      <p>
        The contents of this request were not stored, so its prompt cannot be shown and it cannot be added to a dataset.
      </p>
    );
  if (shown) {
    return (
      <div className="pl-stack">
        <OpenInPlayground trace={trace} />
        <Shown detail={detail} />
      </div>
    );
  }
  return (
    <>
      <p>
        {trace.contents === 'MASKED'
          ? 'Stored with recognised personal data and secrets masked. '
          : 'Stored unchanged. '}
        Reading it is recorded in the ledger.
      </p>
      <RoleButton variant="secondary" roles={[...readers]} onClick={() => show(true)}>
        Show request and answer
      </RoleButton>{' '}
      <OpenInPlayground trace={trace} />
    </>
  );
}

/** Opens the request in the playground, with the variant that answered or the model. */
function OpenInPlayground({ trace: { requestId, variantDigest, model } }: { trace: Trace }): ReactNode {
  const navigate = useNavigate();
  const search = { trace: requestId, model1: variantDigest == null ? model : `variant/${variantDigest}` };
  return (
    <RoleButton variant="secondary" roles={[...readers]} onClick={() => void navigate({ to: '/playground', search })}>
      Open in playground
    </RoleButton>
  );
}

function Shown({ detail }: { detail: TraceDetail }): ReactNode {
  const { trace } = detail;
  const query = useQuery(contentQuery(trace.requestId));
  const { correction, waiting, failed } = useCorrection(trace.requestId);
  if (query.isError && Problem.of(query.error).status === 404)
    return <p>The contents were deleted under the policy of the workspace.</p>;
  return (
    <Loaded query={query} what="the contents">
      {(content) => (
        <div className="pl-stack">
          <AddToDataset
            note={
              'Traces do not store the tools that a call offered, so the item has none.' +
              (failed ? ' The corrections of the answer could not be read, so the item uses none.' : '')
            }
            candidate={candidateOf(trace, content, correction)}
            reason={flawOf(content) ?? (waiting ? 'The corrections of the answer are still loading.' : undefined)}
          />
          <div className="pl-columns">
            <Contents content={content} />
            <RenderedPrompt detail={detail} content={content} />
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** Reads the newest correction of the answer, if there is one, for people who may read the contents. */
function useCorrection(id: string): { correction: Correction | undefined; waiting: boolean; failed: boolean } {
  const feedback = useQuery(traceFeedbackQuery(id));
  const corrected = feedback.data?.items.some(({ correctionContents }) => correctionContents != null) === true;
  const corrections = useQuery({ ...correctionsQuery(id), enabled: corrected });
  return {
    correction: corrections.data?.items[0],
    waiting: feedback.isPending || (corrected && corrections.isPending),
    failed: feedback.isError || corrections.isError,
  };
}

function candidateOf(
  { traceId, responseId }: Trace,
  content: TraceContent,
  correction: Correction | undefined,
): Candidate {
  const [answer] = (content.output ?? []) as ChatMessage[];
  const { messages, variables } = requestIn(content);
  return {
    messages,
    tools: [],
    variables,
    answer: typeof answer?.content === 'string' ? answer.content : '',
    ...(correction !== undefined && { correction }),
    calls: (answer?.tool_calls ?? []).flatMap(({ function: called }) =>
      called == null ? [] : [{ name: called.name, args: called.arguments }],
    ),
    source: { kind: 'TRACE', traceId, ...(responseId != null && { responseId }) },
  };
}

/** Returns why the stored contents are incomplete; undefined if they are not. */
function flawOf(content: TraceContent): string | undefined {
  const { messages, variables } = requestIn(content);
  if (content.truncated) return 'Part of the request was too long to be stored, so an item would be incomplete.';
  return messages.length === 0 && Object.keys(variables).length === 0
    ? 'The request had neither messages nor variables.'
    : undefined;
}

/** The conversation, message by message, and what was answered. */
export function Contents({ content }: { content: TraceContent }): ReactNode {
  const { messages, variables } = requestIn(content);
  const answers = (content.output ?? []) as unknown as ChatMessage[];
  return (
    <div className="pl-stack">
      {content.truncated && <p>Part of the contents was too long to be stored.</p>}
      <section className="pl-stack" aria-label="Input">
        <h3>Input</h3>
        <Variables variables={Object.entries(variables).map(([name, value]) => [name, textOfValue(value)])} />
        {messages.map((message, index) => (
          <Message key={index} message={message} />
        ))}
      </section>
      <section className="pl-stack" aria-label="Output">
        <h3>Output</h3>
        {answers.length === 0 ? (
          <p>Nothing.</p>
        ) : (
          answers.map((message, index) => <Message key={index} message={message} />)
        )}
      </section>
    </div>
  );
}

function textOfValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
