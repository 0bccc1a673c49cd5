import { CodeBlock, CodeBlockCode, ExpandableSection, Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ItemJudges } from './ItemJudges';
import { ItemScores } from './ItemScores';
import { outputQuery, type Expected, type Output, type RunItem } from './runs';
import { answersOf, passageText } from '@/shared/items/items';
import { CitedText } from '@/shared/passages/CitedText';
import { citationsIn, passagesIn } from '@/shared/passages/citations';
import { count, inSentence } from '@/shared/text/format';
import { isObject } from '@/shared/text/json';
import { metricValue } from '@/shared/text/metrics';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The complete output for an item, beside the expected answer. */
export function ItemOutput({ runId, item: { ordinal, itemId, traceId } }: { runId: string; item: RunItem }): ReactNode {
  return (
    <Loaded query={useQuery(outputQuery(runId, ordinal))} what="the output" rows={3}>
      {({ item, expected, output, relevant }) => (
        <div className="pl-stack">
          <Expectation expected={expected} />
          <ItemJudges item={item} />
          {output && <Message itemId={itemId} output={output} relevant={relevant} />}
          <Details>
            <Detail term="Scores">
              <ItemScores scores={item.scores} notApplicable={item.notApplicable} />
            </Detail>
            {item.abstained && (
              <Detail term="Abstention">
                <StateLabel state="ABSTAINED" />
              </Detail>
            )}
            {item.confidence != null && <Detail term="Confidence">{metricValue('confidence', item.confidence)}</Detail>}
            <Detail term="Finish reason">{output?.finishReason ?? 'not reported'}</Detail>
            <Detail term="Model reported by the provider">{output?.model ?? 'not reported'}</Detail>
            <Detail term="Usage">{output?.usage ? figuresOf(output.usage).join(', ') : 'not reported'}</Detail>
            <Detail term="Trace">{traceId ?? 'none'}</Detail>
          </Details>
        </div>
      )}
    </Loaded>
  );
}

/** Lists every number of the provider's usage, such as "prompt tokens 41, completion tokens 6", across all groups. */
function figuresOf(usage: Record<string, unknown>): string[] {
  return Object.entries(usage).flatMap(([name, value]) => {
    if (isObject(value)) return figuresOf(value);
    return typeof value === 'number' ? [`${inSentence(name)} ${count(value)}`] : [];
  });
}

interface MessageProps {
  itemId: string;
  output: Output;
  /** The numbers of the item's relevant passages. */
  relevant: number[];
}

/** The message as received. An answer from passages is shown as text with the passages beside it. */
function Message({ itemId, output: { message, plumbline }, relevant }: MessageProps): ReactNode {
  const passages = passagesIn(plumbline);
  const citations = citationsIn(message);
  const { content } = (message ?? {}) as { content?: unknown };
  const complete = (
    <CodeBlock>
      <CodeBlockCode>{JSON.stringify(message, null, 2)}</CodeBlockCode>
    </CodeBlock>
  );
  if (typeof content !== 'string' || (passages.length === 0 && citations.length === 0)) return complete;
  return (
    <>
      <div className="pl-beside">
        <CitedText
          of={`item ${itemId}`}
          named={(title) => `${title}, answer of item ${itemId}`}
          text={content}
          citations={citations}
          passages={passages}
          withoutText="The text was not stored with the answer."
          labelled={({ number }) =>
            relevant.includes(number) && (
              <Label isCompact color="green">
                Relevant
              </Label>
            )
          }
        />
      </div>
      <ExpandableSection toggleText="The complete message">{complete}</ExpandableSection>
    </>
  );
}

/** The expectations that the output was scored against. The label is left out, because the list shows it. */
function Expectation({ expected }: { expected: Expected }): ReactNode {
  const { references, rubric, toolCalls, answers, passages } = expected;
  if (references.length === 0 && toolCalls.length === 0 && rubric == null && answers == null && passages.length === 0)
    return null;
  return (
    <Details>
      {references.length > 0 && <Texts term="References" texts={references} />}
      {answers != null && <Texts term="Expected answers" texts={answersOf(answers)} />}
      {passages.length > 0 && <Texts term="Expected passages" texts={passages.map(passageText)} />}
      {toolCalls.length > 0 && (
        <Detail term="Expected tool calls">
          {toolCalls.map(({ name, arguments: given }) => `${name}(${JSON.stringify(given)})`).join(', ')}
        </Detail>
      )}
      {rubric != null && <Detail term="Rubric">{rubric}</Detail>}
    </Details>
  );
}

function Texts({ term, texts }: { term: string; texts: string[] }): ReactNode {
  return (
    <Detail term={term}>
      {texts.map((text) => (
        <div key={text} className="pl-content">
          {text}
        </div>
      ))}
    </Detail>
  );
}
