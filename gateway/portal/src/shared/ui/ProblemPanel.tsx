import { Alert, AlertActionLink, List, ListItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Problem } from '@/shared/http/problem';

interface ProblemPanelProps {
  error: unknown;
  onRetry?: () => void;
  headingLevel?: 'h2' | 'h3';
}

/** A problem with what to do about it and the trace by which an operator finds it. */
export function ProblemPanel({ error, onRetry, headingLevel = 'h2' }: ProblemPanelProps): ReactNode {
  const { title, detail, errors = [], missing = [], reasons = [], traceId } = Problem.of(error).details;
  return (
    <Alert
      isInline
      variant="danger"
      title={title}
      component={headingLevel}
      role="alert"
      actionLinks={onRetry && <AlertActionLink onClick={onRetry}>Try again</AlertActionLink>}
    >
      {detail && <p>{detail}</p>}
      {errors.length > 0 && (
        <List>
          {errors.map(({ pointer, detail: what }) => (
            <ListItem key={pointer + what}>
              {labelOf(pointer)}: {what}
            </ListItem>
          ))}
        </List>
      )}
      {missing.length > 0 && <Lines head="Missing evidence" lines={missing} />}
      {reasons.length > 0 && <Lines head="Reasons" lines={reasons} />}
      {traceId && (
        <p className="pl-trace">
          Trace <code>{traceId}</code>
        </p>
      )}
    </Alert>
  );
}

/**
 * /criteria/0/minItems → criteria 1, min items: a JSON pointer (RFC 6901) as people count. The rows of an upload, which
 * is no JSON document, are counted from 1 by the service: /rows/6/label → row 6, label.
 */
function labelOf(pointer: string): string {
  return pointer
    .replace(/^\/rows\/(?=\d+(\/|$))/, 'row ')
    .replace(/^\//, '')
    .replace(/\/(\d+)/g, (_slash, index: string) => ` ${Number(index) + 1}`)
    .replaceAll('/', ', ')
    .replace(/([a-z])([A-Z])/g, (_both, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function Lines({ head, lines }: { head: string; lines: string[] }): ReactNode {
  return (
    <>
      <p>{head}:</p>
      <List>
        {lines.map((line) => (
          <ListItem key={line}>{line}</ListItem>
        ))}
      </List>
    </>
  );
}
