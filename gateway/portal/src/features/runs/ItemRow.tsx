import { Tbody, Td, Tr } from '@patternfly/react-table';
import { useId, useState, type ReactNode } from 'react';
import { ItemOutput } from './ItemOutput';
import { ItemScores } from './ItemScores';
import { ItemText } from './ItemText';
import type { ListedRunItem, RunItem, Suite } from './runs';
import { words } from '@/shared/text/format';
import { metricValue } from '@/shared/text/metrics';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The columns for which the items of a run have values. */
export interface Columns {
  label: boolean;
  confidence: boolean;
}

interface ItemRowProps {
  runId: string;
  item: ListedRunItem;
  suite: Suite | undefined;
  columns: Columns;
}

/**
 * An item with the beginnings of its question and answer, masked. The complete texts open on demand, because they may
 * quote restricted data.
 */
export function ItemRow({ runId, item, suite, columns }: ItemRowProps): ReactNode {
  const id = useId();
  const [open, toggle] = useState(false);
  const { answered, abstained, confidence, error, itemId, label, prediction, reused } = item;
  const read = prediction ?? (label == null ? undefined : 'none of the labels');
  const answer = read ?? item.answer ?? 'the output';
  const correct = correctness(item);
  return (
    <Tbody>
      <Tr>
        <Td dataLabel="Item">
          {item.question != null && <div className="pl-content">{item.question}</div>}
          <ItemText itemId={itemId} suite={suite} />
        </Td>
        {columns.label && <Td dataLabel="Expected label">{label}</Td>}
        <Td dataLabel="Answer">
          {answered ? (
            <RoleButton
              roles={['prompt-engineer', 'ml-engineer', 'data-steward', 'compliance-officer']}
              variant="link"
              isInline
              aria-expanded={open}
              aria-controls={open ? id : undefined}
              aria-label={`${open ? 'Hide' : 'Show'} the output for item ${itemId}: ${answer}`}
              onClick={() => toggle(!open)}
            >
              {answer}
            </RoleButton>
          ) : (
            <span className="pl-subtle">{error}</span>
          )}{' '}
          {abstained && <StateLabel state="ABSTAINED" />}
          {prediction == null && read !== undefined && item.answer != null && (
            <div className="pl-content">{item.answer}</div>
          )}
          {reused && <span className="pl-subtle"> (reused from an earlier run)</span>}
        </Td>
        {columns.confidence && (
          <Td dataLabel="Confidence" className="pl-number">
            {confidence == null ? '—' : metricValue('confidence', confidence)}
          </Td>
        )}
        <Td dataLabel="Correct">{correct && <StateLabel state={correct} />}</Td>
        <Td dataLabel="Scores">
          <ItemScores item={item} />
        </Td>
        <Td dataLabel="Perturbation">{item.perturbation === 'NONE' ? '' : words(item.perturbation)}</Td>
        <Td dataLabel="Latency" className="pl-number">
          {answered && metricValue('latency_ms', item.latencyMillis)}
        </Td>
      </Tr>
      {open && (
        <Tr id={id}>
          <Td dataLabel="Output" colSpan={6 + Number(columns.label) + Number(columns.confidence)}>
            <ItemOutput runId={runId} item={item} />
          </Td>
        </Tr>
      )}
    </Tbody>
  );
}

/** Returns whether every applicable scorer gives the full score; undefined if none applies. */
function correctness({ answered, scores }: RunItem): string | undefined {
  if (!answered) return 'NO_ANSWER';
  const given = Object.values(scores);
  if (given.length === 0) return undefined;
  return given.every(({ score }) => score >= 1) ? 'CORRECT' : 'INCORRECT';
}
