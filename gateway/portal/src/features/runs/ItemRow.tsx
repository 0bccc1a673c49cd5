import { Tbody, Td, Tr } from '@patternfly/react-table';
import { useId, useState, type ReactNode } from 'react';
import { ItemOutput } from './ItemOutput';
import { ItemReview, type Steps } from './ItemReview';
import { ItemScores } from './ItemScores';
import type { ListedRunItem, RunItem, Suite } from './runs';
import { LoadedItem } from '@/shared/items/ItemContent';
import { itemReaders } from '@/shared/items/items';
import type { Role } from '@/shared/session/session';
import { short, words } from '@/shared/text/format';
import { metricValue } from '@/shared/text/metrics';
import { RoleButton } from '@/shared/ui/RoleButton';
import { pressShortcut } from '@/shared/keys/shortcuts';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The columns for which the items of a run have values. */
export interface Columns {
  expected: boolean;
  confidence: boolean;
  perturbation: boolean;
}

interface ItemRowProps {
  runId: string;
  item: ListedRunItem;
  suite: Suite | undefined;
  columns: Columns;
  withOutput: boolean;
  onOutput: (open: boolean) => void;
  steps: Steps;
  /** True if a step from the answer beside it led here. */
  focused: boolean;
}

const outputReaders: Role[] = ['prompt-engineer', 'ml-engineer', 'data-steward', 'compliance-officer'];

/**
 * An item with the beginnings of its question, expected answer and answer, masked. The complete texts open on demand
 * over the full width, because they may quote restricted data.
 */
export function ItemRow({ runId, item, suite, columns, withOutput, onOutput, ...review }: ItemRowProps): ReactNode {
  const id = useId();
  const [withText, showText] = useState(false);
  const { answered, abstained, confidence, error, itemId, label, prediction, reused } = item;
  const read = prediction ?? (label == null ? undefined : 'none of the labels');
  const result = resultOf(item);
  return (
    <Tbody onKeyDown={pressShortcut}>
      <Tr>
        <Td dataLabel="Question">
          <Opener
            roles={itemReaders}
            open={withText}
            onOpen={showText}
            row={id}
            what={`the text of item ${itemId}`}
            beginning={item.question ?? short(itemId)}
          />
        </Td>
        {columns.expected && <Td dataLabel="Expected">{item.expected ?? label}</Td>}
        <Td dataLabel="Answer">
          {answered ? (
            <Opener
              roles={outputReaders}
              open={withOutput}
              onOpen={onOutput}
              row={id}
              what={`the output for item ${itemId}`}
              beginning={read ?? item.answer ?? 'the output'}
            />
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
        <Td dataLabel="Result">
          {result && <StateLabel state={result} />}
          <ItemScores scores={notableScores(item, suite)} notApplicable={item.notApplicable} />
        </Td>
        {columns.perturbation && (
          <Td dataLabel="Perturbation">{item.perturbation === 'NONE' ? '' : words(item.perturbation)}</Td>
        )}
        <Td dataLabel="Latency" className="pl-number">
          {answered && metricValue('latency_ms', item.latencyMillis)}
        </Td>
      </Tr>
      {(withText || withOutput) && (
        <Tr id={id}>
          <Td dataLabel="Complete" colSpan={4 + Object.values(columns).filter(Boolean).length}>
            <div className="pl-stack">
              {withText && suite && (
                <LoadedItem dataset={suite.dataset} version={suite.datasetVersion} itemId={itemId} />
              )}
              {withOutput && (
                <>
                  <ItemReview runId={runId} item={item} suite={suite} {...review} />
                  <ItemOutput runId={runId} item={item} />
                </>
              )}
            </div>
          </Td>
        </Tr>
      )}
    </Tbody>
  );
}

interface OpenerProps {
  roles: Role[];
  open: boolean;
  onOpen: (open: boolean) => void;
  /** The id of the row that shows the complete text. */
  row: string;
  what: string;
  beginning: string;
}

/** The beginning of a text, which opens the complete text in the row below. */
function Opener({ roles, open, onOpen, row, what, beginning }: OpenerProps): ReactNode {
  return (
    <RoleButton
      roles={roles}
      variant="link"
      isInline
      aria-expanded={open}
      aria-controls={open ? row : undefined}
      aria-label={`${open ? 'Hide' : 'Show'} ${what}: ${beginning}`}
      onClick={() => onOpen(!open)}
    >
      {beginning}
    </RoleButton>
  );
}

/** Returns whether every applicable scorer gives the full score; undefined if none applies. */
function resultOf({ answered, scores }: RunItem): string | undefined {
  if (!answered) return 'NO_ANSWER';
  const given = Object.values(scores);
  if (given.length === 0) return undefined;
  return given.every(({ score }) => score >= 1) ? 'CORRECT' : 'INCORRECT';
}

/** Returns the scores that add to the result: those below the full score, but not whether a label is right. */
function notableScores({ scores }: RunItem, suite: Suite | undefined): RunItem['scores'] {
  const ofLabels = suite?.definition.scorers.filter(({ type }) => type === 'label').map(({ name }) => name);
  return Object.fromEntries(
    Object.entries(scores).filter(([scorer, { score }]) => score < 1 && !ofLabels?.includes(scorer)),
  );
}
