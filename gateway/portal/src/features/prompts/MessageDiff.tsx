import { Label, Title } from '@patternfly/react-core';
import { Fragment, type ReactNode } from 'react';
import type { DiffLine, MessageDifference, Segment } from './prompts';
import { isVariable, tokensOf } from '@/shared/text/templates';

interface MessageDiffProps {
  message: MessageDifference;
  from: number;
  to: number;
}

/** A message of two versions side by side, line by line. Changes are marked up, not shown by colour alone. */
export function MessageDiff({ message, from, to }: MessageDiffProps): ReactNode {
  const { index, fromRole, toRole, fromPlaceholder, toPlaceholder, changed, lines } = message;
  const number = index + 1;
  return (
    <section aria-label={`Message ${number}`}>
      <Title headingLevel="h2" size="md">
        Message {number} <Role from={fromRole ?? fromPlaceholder} to={toRole ?? toPlaceholder} />
      </Title>
      {changed ? (
        <LinesDiff label={`Message ${number} of v${from} and v${to}`} from={from} to={to} lines={lines} />
      ) : (
        <p className="pl-subtle">Unchanged.</p>
      )}
    </section>
  );
}

interface LinesDiffProps {
  label: string;
  from: number;
  to: number;
  lines: DiffLine[];
}

/** Two texts side by side. */
export function LinesDiff({ label, from, to, lines }: LinesDiffProps): ReactNode {
  return (
    <div className="pl-scroll">
      <table className="pl-diff" aria-label={label}>
        <colgroup>
          <col className="pl-numbers" />
          <col />
          <col className="pl-numbers" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              v{from}
            </th>
            <th scope="col" colSpan={2}>
              v{to}
            </th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(lines).map(([left, right], row) => (
            <tr key={row}>
              <Half line={left} number={left?.fromLine} />
              <Half line={right} number={right?.toLine} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Shows a message by its role and a placeholder by its name. */
function Role({ from, to }: { from: string | null | undefined; to: string | null | undefined }): ReactNode {
  if (from == null)
    return (
      <Label isCompact color="green">
        {to}, added
      </Label>
    );
  if (to == null)
    return (
      <Label isCompact color="red">
        {from}, removed
      </Label>
    );
  return <Label isCompact>{from === to ? to : `${from} → ${to}`}</Label>;
}

type Row = [left: DiffLine | undefined, right: DiffLine | undefined];

/** Returns the lines in pairs: within a change, the nth removed line stands beside the nth added one. */
export function rowsOf(lines: DiffLine[]): Row[] {
  const rows: Row[] = [];
  let open: Row[] = [];
  for (const line of lines) {
    if (line.kind === 'ADDED') {
      const free = open.find(([, right]) => right === undefined);
      if (free) free[1] = line;
      else rows.push([undefined, line]);
    } else {
      const row: Row = line.kind === 'EQUAL' ? [line, line] : [line, undefined];
      rows.push(row);
      open = line.kind === 'EQUAL' ? [] : [...open, row];
    }
  }
  return rows;
}

const looks: Record<DiffLine['kind'], string> = { EQUAL: '', REMOVED: 'pl-removed', ADDED: 'pl-added' };

function Half({ line, number }: { line: DiffLine | undefined; number: number | null | undefined }): ReactNode {
  const look = line === undefined ? '' : looks[line.kind];
  return (
    <>
      <td className={`pl-line ${look}`}>{number}</td>
      <td className={look}>{line && <Line line={line} />}</td>
    </>
  );
}

function Line({ line: { kind, text, segments } }: { line: DiffLine }): ReactNode {
  if (segments.length > 0) return segments.map((segment, index) => <Piece key={index} segment={segment} />);
  return <Piece segment={{ kind, text }} />;
}

function Piece({ segment: { kind, text } }: { segment: Segment }): ReactNode {
  const shown = tokensOf(text).map((token, index) =>
    isVariable(token) ? (
      <span key={index} className="pl-variable">
        {token}
      </span>
    ) : (
      <Fragment key={index}>{token}</Fragment>
    ),
  );
  switch (kind) {
    case 'REMOVED':
      return <del>{shown}</del>;
    case 'ADDED':
      return <ins>{shown}</ins>;
    case 'RENAMED':
      return (
        <span className="pl-renamed" title="Renamed">
          {shown}
        </span>
      );
    case 'EQUAL':
      return shown;
  }
}
