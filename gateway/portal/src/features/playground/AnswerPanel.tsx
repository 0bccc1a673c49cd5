import { Button, Flex } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { isOpen, type Answer, type ToolCall } from './answer';
import { Problem } from '@/shared/http/problem';
import { CitedText } from '@/shared/passages/CitedText';
import { count, duration } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { Detail, Details } from '@/shared/ui/Details';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { StateLabel } from '@/shared/ui/StateLabel';

/**
 * The number of characters of a text that are shown. More would make the page slow; the button copies the complete
 * text.
 */
const MAX_SHOWN = 20_000;

const WITHOUT_TEXT =
  'The text did not come with the answer. Prompt and ML engineers get it when they call a variant by its digest.';

/** The answer of a column as it arrives, with its tokens, cost and times. */
export function AnswerPanel({ letter, answer }: { letter: string; answer: Answer | undefined }): ReactNode {
  if (answer === undefined) return <p className="pl-subtle">The answer appears here.</p>;
  const { phase, text, calls, problem, others, abstained } = answer;
  return (
    <div className="pl-stack" aria-busy={isOpen(answer)}>
      <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapSm' }}>
        <StateLabel state={phase.toUpperCase()} />
        {abstained === true && <StateLabel state="ABSTAINED" />}
        {text !== '' && !isOpen(answer) && <CopyButton letter={letter} text={text} />}
      </Flex>
      {text !== '' && <Text letter={letter} answer={answer} />}
      {calls.map((call, index) => (
        <Call key={index} call={call} />
      ))}
      {others > 0 && <p className="pl-subtle">The first of {count(others + 1)} choices.</p>}
      {phase === 'finished' && text === '' && calls.length === 0 && <p>The answer is empty.</p>}
      {problem !== undefined && <ProblemPanel error={new Problem(problem)} headingLevel="h3" />}
      {phase !== 'waiting' && <Figures answer={answer} />}
    </div>
  );
}

function Text({ letter, answer }: { letter: string; answer: Answer }): ReactNode {
  const { text, characters } = answer;
  const shown = text.slice(0, MAX_SHOWN);
  return (
    <>
      <CitedText
        key={answer.responseId}
        of={`column ${letter}`}
        named={(title) => `${title} of column ${letter}`}
        text={shown}
        citations={answer.citations ?? []}
        passages={answer.passages ?? []}
        withoutText={WITHOUT_TEXT}
      />
      {shown.length < characters && (
        <p className="pl-subtle">
          The first {count(shown.length)} of {count(characters)} characters are shown.
        </p>
      )}
    </>
  );
}

function Call({ call: { name, args } }: { call: ToolCall }): ReactNode {
  return (
    <div>
      <strong>Calls {name}</strong>
      <div className="pl-content pl-answer" tabIndex={0} role="region" aria-label={`Arguments of ${name}`}>
        {indented(args).slice(0, MAX_SHOWN)}
      </div>
    </div>
  );
}

/** Returns indented arguments, or the text as it is while it is not complete JSON yet. */
function indented(args: string): string {
  try {
    return JSON.stringify(JSON.parse(args), null, 2);
  } catch {
    return args;
  }
}

function CopyButton({ letter, text }: { letter: string; text: string }): ReactNode {
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(text).then(() => setCopied(true));
  return (
    <Button
      variant="link"
      isInline
      size="sm"
      aria-label={`${copied ? 'Copied' : 'Copy'} the answer of column ${letter}`}
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}

function Figures({ answer }: { answer: Answer }): ReactNode {
  const { finishReason, usage, cost, firstTokenMillis, millis, ignored, truncated, cache, responseId } = answer;
  const { phase, confidence } = answer;
  return (
    <Details>
      {finishReason !== undefined && (
        <Detail term="Finish reason">
          <code>{finishReason}</code>
        </Detail>
      )}
      {confidence !== undefined && <Detail term="Confidence">{confidence.toFixed(3)}</Detail>}
      {firstTokenMillis !== undefined && <Detail term="First token">{duration(firstTokenMillis)}</Detail>}
      {millis !== undefined && <Detail term="Total">{duration(millis)}</Detail>}
      {usage !== undefined && (
        <Detail term="Tokens">
          {count(usage.input)} in
          {usage.cached > 0 && ` (${count(usage.cached)} cached)`}, {count(usage.output)} out
          {usage.reasoning > 0 && ` (${count(usage.reasoning)} for reasoning)`}
        </Detail>
      )}
      {(cost !== undefined || phase === 'finished') && <Detail term="Cost">{costText(cost)}</Detail>}
      {cache === 'hit' && <Detail term="Cache">Answered from the cache</Detail>}
      {ignored.length > 0 && (
        <Detail term="Ignored">
          <span className="pl-anywhere">{ignored.join(', ')}</span>
        </Detail>
      )}
      {truncated.length > 0 && <Detail term="Trimmed to fit the model">{truncated.join(', ')}</Detail>}
      {responseId !== undefined && (
        <Detail term="Trace">
          <Link to="/traces/$trace" params={{ trace: responseId }} className="pl-anywhere">
            {responseId}
          </Link>
        </Detail>
      )}
    </Details>
  );
}

function costText(cost: Answer['cost']): string {
  if (cost === undefined) return 'Not known yet';
  return cost === null ? 'No price is known for the model' : money(cost);
}
