import { http, type HttpHandler } from 'msw';
import { json } from './answers';
import { versions } from './world';

/** Fills a template as the registry does, as far as the versions here need it. */
function filled(template: string, variables: Record<string, unknown>): string {
  return template.replaceAll(/\{\{([\w.]+)\}\}/g, (_tag, path: string) =>
    String(
      path
        .split('.')
        .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], variables) ?? '',
    ),
  );
}

/** Fills the only open variable with the last message of a user, and refuses a missing one, as the service does. */
export const renderHandler: HttpHandler = http.post(
  '*/api/prompts/:name/versions/:version/render',
  async ({ params, request }) => {
    const { variables: given, conversation = [] } = (await request.json()) as {
      variables: Record<string, unknown>;
      conversation?: { role: string; content: string }[];
    };
    const version = versions.find((one) => String(one.version) === params['version']);
    if (version === undefined) return json({ type: '/problems/not-found', title: 'Not found', status: 404 }, 404);
    const { required = [], properties = {} } = version.variables as {
      required?: string[];
      properties?: Record<string, { default?: unknown }>;
    };
    const open = required.filter((name) => !(name in given));
    const question = conversation.findLast(({ role }) => role === 'user')?.content;
    const variables = open.length === 1 && question !== undefined ? { ...given, [open[0] as string]: question } : given;
    const errors = required
      .filter((name) => !(name in variables))
      .map((name) => ({ pointer: `/variables/${name}`, detail: `required property '${name}' not found` }));
    if (errors.length > 0) {
      return json(
        {
          type: '/problems/invalid-variables',
          title: 'The variables do not fit the prompt',
          status: 422,
          detail: 'Correct the variables that errors lists.',
          errors,
        },
        422,
      );
    }
    const complete = {
      ...Object.fromEntries(Object.entries(properties).map(([name, declared]) => [name, declared.default])),
      ...variables,
    };
    const turns = version.messages.flatMap((entry) =>
      'type' in entry ? conversation : [{ role: entry.role, content: filled(entry.content, complete) }],
    );
    const examples = version.examples.flatMap(({ input, output }) => [
      { role: 'user', content: input },
      { role: 'assistant', content: output },
    ]);
    const messages = [
      ...turns.filter(({ role }) => role === 'system'),
      ...examples,
      ...turns.filter(({ role }) => role !== 'system'),
    ];
    return json({
      prompt: version.prompt,
      version: version.version,
      digest: version.digest,
      messages,
      request: { ...version.parameters, messages },
      tokens: { count: 42, estimated: false, encoding: 'o200k_base' },
    });
  },
);
