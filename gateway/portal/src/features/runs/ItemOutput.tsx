import { CodeBlock, CodeBlockCode } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ItemJudges } from './ItemJudges';
import { outputQuery, type Expected, type RunItem } from './runs';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { OnDemand } from '@/shared/ui/OnDemand';

/** An answer as it was read, and the whole output on demand: it may quote restricted data. */
export function ItemOutput({ runId, item }: { runId: string; item: RunItem }): ReactNode {
  if (!item.answered) {
    return <span className="pl-subtle">{item.error}</span>;
  }
  const answer = item.prediction ?? (item.label == null ? 'the output' : 'none of the labels');
  return (
    <OnDemand
      what={`the output for item ${item.itemId}: ${answer}`}
      roles={['prompt-engineer', 'ml-engineer', 'data-steward', 'compliance-officer']}
      button={answer}
    >
      <Output runId={runId} item={item} />
    </OnDemand>
  );
}

function Output({ runId, item: { ordinal, traceId } }: { runId: string; item: RunItem }): ReactNode {
  return (
    <Loaded query={useQuery(outputQuery(runId, ordinal))} what="the output" rows={3}>
      {({ item, expected, output }) => (
        <>
          <Expectation expected={expected} />
          <ItemJudges item={item} />
          <CodeBlock>
            <CodeBlockCode>{JSON.stringify(output?.message, null, 2)}</CodeBlockCode>
          </CodeBlock>
          <Details>
            <Detail term="Finish reason">{output?.finishReason ?? 'not said'}</Detail>
            <Detail term="Model, as the provider says">{output?.model ?? 'not said'}</Detail>
            <Detail term="Usage">{output?.usage ? JSON.stringify(output.usage) : 'not said'}</Detail>
            <Detail term="Trace">{traceId ?? 'none'}</Detail>
          </Details>
        </>
      )}
    </Loaded>
  );
}

/** What the output was held against, but for the label, which the list shows. */
function Expectation({ expected: { references, rubric, toolCalls } }: { expected: Expected }): ReactNode {
  if (references.length === 0 && toolCalls.length === 0 && rubric == null) return null;
  return (
    <Details>
      {references.length > 0 && (
        <Detail term="References">
          {references.map((reference) => (
            <div key={reference} className="pl-content">
              {reference}
            </div>
          ))}
        </Detail>
      )}
      {toolCalls.length > 0 && (
        <Detail term="Expected tool calls">
          {toolCalls.map(({ name, arguments: given }) => `${name}(${JSON.stringify(given)})`).join(', ')}
        </Detail>
      )}
      {rubric != null && <Detail term="Rubric">{rubric}</Detail>}
    </Details>
  );
}
