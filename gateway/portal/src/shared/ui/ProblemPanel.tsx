import { Alert, AlertActionLink, List, ListItem } from '@patternfly/react-core';
import { useQueryClient, type Query } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFirstWith } from '@/shared/http/firstWith';
import { inOneLine, Problem } from '@/shared/http/problem';

interface ProblemPanelProps {
  error: unknown;
  onRetry?: () => void;
  headingLevel?: 'h2' | 'h3';
}

/**
 * A problem with its remedy and the trace by which an operator finds it. If several panels fail for the same reason,
 * the problem is shown once and retried together.
 */
export function ProblemPanel({ error, onRetry, headingLevel = 'h2' }: ProblemPanelProps): ReactNode {
  const queries = useQueryClient();
  const problem = Problem.of(error);
  const common = onRetry && inOneLine(problem);
  const first = useFirstWith(common);
  if (!first) return <p className="pl-subtle">This has the same problem as another part of this page.</p>;
  const retryAll = () => {
    onRetry?.();
    const failed = ({ state }: Query) => inOneLine(state.error) === common;
    void queries.refetchQueries({ type: 'active', predicate: failed }, { cancelRefetch: false });
  };
  const { title, detail, errors = [], missing = [], reasons = [], traceId } = problem.details;
  return (
    <Alert
      isInline
      variant="danger"
      title={title}
      component={headingLevel}
      role="alert"
      actionLinks={onRetry && <AlertActionLink onClick={retryAll}>Try again</AlertActionLink>}
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
 * is not a JSON document, are counted from 1 by the service: /rows/6/label → row 6, label.
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
