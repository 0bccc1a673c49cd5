import { Alert, Button, List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { placeOf, rulesOf, type Place } from './source';
import { Problem } from '@/shared/http/problem';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';

interface FlawsProps {
  error: unknown;
  source: string;
  onShow: (place: Place) => void;
}

/**
 * The errors that the service found in a source, each with a link to its place. Other problems are shown as they are.
 */
export function Flaws({ error, source, onShow }: FlawsProps): ReactNode {
  const { title, errors = [], traceId } = Problem.of(error).details;
  const flaws = errors
    .filter(({ pointer }) => /^\/source(\/|$)/.test(pointer))
    .map(({ pointer, detail }) => ({ pointer: pointer.slice('/source'.length), detail }));
  if (flaws.length === 0) return <ProblemPanel error={error} />;
  return (
    <Alert isInline variant="danger" component="h2" role="alert" title={title}>
      <List>
        {flaws.map(({ pointer, detail }) => {
          const place = placeOf(source, pointer);
          return (
            <ListItem key={pointer + detail}>
              {place === undefined ? (
                'The text '
              ) : (
                <>
                  <Button variant="link" isInline onClick={() => onShow(place)}>
                    Line {place.line}, {nameOf(pointer, source)}
                  </Button>
                  :{' '}
                </>
              )}
              {readable(detail)}
            </ListItem>
          );
        })}
      </List>
      {traceId && (
        <p className="pl-trace">
          Trace <code>{traceId}</code>
        </p>
      )}
    </Alert>
  );
}

/** /1/expression → expression of rule 2, personal-data. */
function nameOf(pointer: string, source: string): string {
  const [, index, field] = pointer.split('/');
  const name = rulesOf(source)?.[Number(index)]?.name;
  return [field === undefined ? '' : `${field} of `, `rule ${Number(index) + 1}`, name ? `, ${name}` : ''].join('');
}

/** Rewords the compiler's positions, which count from the start of one expression and not of the text. */
function readable(detail: string): string {
  return detail.replace(/^ERROR: <input>:(\d+):(\d+): /, (_all, line: string, column: string) =>
    line === '1' ? `at character ${column}, ` : `at its line ${line}, character ${column}, `,
  );
}
