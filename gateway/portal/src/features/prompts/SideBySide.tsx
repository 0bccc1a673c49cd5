import type { ReactNode } from 'react';
import { diff, type Part, type Row, type Side } from './diff';
import type { PromptVersion } from './prompts';

/** Messages of two versions beside each other; additions and removals are marked up as such, not by colour alone. */
export function SideBySide({ before, after }: { before: PromptVersion; after: PromptVersion }): ReactNode {
  const rows = diff(script(before), script(after));
  if (rows.every(({ changed }) => !changed)) return <p>The messages of both versions are equal.</p>;
  return (
    <div className="pl-scroll">
      <table className="pl-diff" aria-label={`Messages of v${before.version} and v${after.version}`}>
        <colgroup>
          <col className="pl-numbers" />
          <col />
          <col className="pl-numbers" />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" colSpan={2}>
              v{before.version}
            </th>
            <th scope="col" colSpan={2}>
              v{after.version}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              <Half row={row} side={row.left} kind="removed" />
              <Half row={row} side={row.right} kind="added" />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Half({ row, side, kind }: { row: Row; side: Side | undefined; kind: 'removed' | 'added' }): ReactNode {
  const look = row.changed && side ? `pl-${kind}` : undefined;
  return (
    <>
      <td className={`pl-line ${look ?? ''}`}>{side?.line}</td>
      <td className={look}>
        {side?.parts.map((part, index) => (
          <Piece key={index} part={part} kind={kind} />
        ))}
      </td>
    </>
  );
}

function Piece({ part: { text, changed, variable }, kind }: { part: Part; kind: 'removed' | 'added' }): ReactNode {
  const shown = variable ? <span className="pl-variable">{text}</span> : text;
  if (!changed) return shown;
  return kind === 'removed' ? <del>{shown}</del> : <ins>{shown}</ins>;
}

function script({ messages }: PromptVersion): string {
  return messages.map(({ role, content }) => `[${role}]\n${content}`).join('\n\n');
}
