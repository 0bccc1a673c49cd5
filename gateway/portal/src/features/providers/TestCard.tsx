import { Alert, Card, CardBody, CardTitle, Form, List, ListItem, type AlertProps } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { probeProvider, type Probe, type Provider } from './providers';
import { TextField } from '@/shared/form/fields';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

const schema = z.object({
  model: trimmedText().check(z.maxLength(200, 'The name of a model has at most 200 characters.')),
});

/** The card that tests the connection on demand and shows the result. */
export function TestCard({ provider }: { provider: Provider }): ReactNode {
  const { name, models } = provider;
  const form = useCommandForm({
    schema,
    initial: { model: '' },
    command: ({ model }) => (model === '' ? {} : { model }),
    send: (command) => probeProvider(name, command),
    onSent: () => undefined,
  });
  const { control, pending, error, result, submit } = form;
  return (
    <Card isCompact>
      <CardTitle component="h2">Test</CardTitle>
      <CardBody className="pl-stack">
        <p>Checks the address and the API key by reading the server’s list of models, which is free.</p>
        <Form
          noValidate
          className="pl-stack"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextField
            id="test-model"
            control={control}
            name="model"
            label="Model to call (optional)"
            placeholder={models[0]}
            help="The name that the provider uses. The call takes a few tokens and is metered."
          />
          <div>
            <RoleButton type="submit" roles={['admin']} variant="secondary" isLoading={pending} isDisabled={pending}>
              Test the connection
            </RoleButton>
          </div>
        </Form>
        {pending && <p role="status">Testing the connection. This can take up to 40 seconds.</p>}
        {!pending && error != null && <ProblemPanel error={error} />}
        {!pending && error == null && result && <Found probe={result} />}
      </CardBody>
    </Card>
  );
}

/** Summarises how certain it is that calls work. */
function outcomeOf({
  ready,
  reachable,
  address,
  apiKey,
  unlistedModels,
  call,
}: Probe): Pick<AlertProps, 'variant' | 'title'> {
  if (ready && unlistedModels.length === 0 && (apiKey !== 'NOT_CHECKED' || call != null))
    return { variant: 'success', title: 'The connection works' };
  if (ready) return { variant: 'warning', title: 'The server answers, but not everything could be checked' };
  const unknown = reachable && address !== 'VERSION_MISSING' && address !== 'ENDS_IN_OPERATION' && call == null;
  if (unknown && apiKey !== 'REFUSED' && apiKey !== 'MISSING')
    return { variant: 'warning', title: 'The test could not determine whether calls work' };
  return { variant: 'danger', title: 'The connection does not work' };
}

function Found({ probe }: { probe: Probe }): ReactNode {
  const { findings, models, moreModels, call } = probe;
  return (
    <>
      <Alert isInline {...outcomeOf(probe)} component="h3" role="status">
        <List>
          {findings.map((finding) => (
            <ListItem key={finding}>{finding}</ListItem>
          ))}
        </List>
      </Alert>
      {call != null && (
        <p>
          The call used {count(call.inputTokens)} input tokens and {count(call.outputTokens)} output tokens
          {call.cost != null && `, which cost ${money(call.cost)}`}:{' '}
          <Link to="/traces/$trace" params={{ trace: call.requestId }}>
            its trace
          </Link>
          .
        </p>
      )}
      {models.length > 0 && (
        <p>
          The server lists{' '}
          {models.map((model, at) => (
            <span key={model}>
              {at > 0 && ', '}
              <code className="pl-anywhere">{model}</code>
            </span>
          ))}
          {moreModels && ' and others'}.
        </p>
      )}
    </>
  );
}
