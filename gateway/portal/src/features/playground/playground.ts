import { queryOptions } from '@tanstack/react-query';
import type { Answer } from './answer';
import { contentOf, isGoverned, versionOf, type Column } from './board';
import { body, client } from '@/shared/http/client';
import { Problem } from '@/shared/http/problem';
import type { paths as InferencePaths } from '@/shared/http/generated/inference';
import type { paths as PromptPaths } from '@/shared/http/generated/prompt-registry';

const api = client<InferencePaths & PromptPaths>();

/** The query for the newest variants of all applications. Others can be named in the address. */
export const variantsQuery = queryOptions({
  queryKey: ['variants', 'newest'],
  queryFn: ({ signal }) => body(api.GET('/api/variants', { params: { query: { limit: 100 } }, signal })),
});

type Schema = Record<string, unknown>;

/** The query for a column's variables: those of its draft, its version, or its variant's prompt. */
export const variablesQuery = ({ model, prompt, draft }: Pick<Column, 'model' | 'prompt' | 'draft'>) => {
  const governed = isGoverned(model);
  const declared = draft === null || governed ? undefined : contentOf(draft).variables;
  return queryOptions({
    queryKey: ['playground', 'variables', governed ? model : prompt, declared],
    queryFn: ({ signal }): Promise<Schema> | Schema => {
      const version = versionOf(prompt);
      if (governed) return variablesOfVariant(model, signal);
      if (declared !== undefined || version === undefined) return declared ?? {};
      return body(api.GET('/api/prompts/{name}/versions/{version}', { params: { path: { ...version } }, signal })).then(
        ({ variables }) => variables,
      );
    },
  });
};

async function variablesOfVariant(model: string, signal: AbortSignal): Promise<Schema> {
  const named = model.startsWith('variant/') ? model.slice('variant/'.length) : undefined;
  const variantDigest = named ?? (await digestOf(model, signal));
  if (variantDigest == null) return {};
  const { promptDigest } = await body(
    api.GET('/api/variants/{variantDigest}', { params: { path: { variantDigest } }, signal }),
  );
  const { variables } = await body(
    api.GET('/api/prompt-versions/{digest}', { params: { path: { digest: promptDigest } }, signal }),
  );
  return withoutPassages(variables);
}

/** Removes the variable that retrieval fills in a variant's prompt. A call that sets it is refused. */
function withoutPassages({ properties, ...schema }: Schema): Schema {
  const { passages, ...others } = (properties ?? {}) as Record<string, { type?: unknown }>;
  return { ...schema, properties: passages?.type === 'string' ? others : properties };
}

/** Returns the digest of the variant that currently answers for an application. */
async function digestOf(model: string, signal: AbortSignal): Promise<string | null | undefined> {
  const { plumbline } = await body(api.GET('/v1/models/{model}', { params: { path: { model } }, signal }));
  return plumbline.digest;
}

const ATTEMPTS = 6;
const PAUSE = 800;

/** Adds the cost and tokens from the trace of an answer. Traces arrive about a second after their answers. */
export async function metered(answer: Answer, signal: AbortSignal): Promise<Answer> {
  const { responseId } = answer;
  for (let attempt = 0; responseId !== undefined && attempt < ATTEMPTS; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return answer;
    try {
      const { trace } = await body(
        api.GET('/api/traces/{traceId}', { params: { path: { traceId: responseId } }, signal }),
      );
      const { inputTokens, cachedInputTokens, outputTokens, reasoningTokens, cost } = trace;
      return {
        ...answer,
        cost: cost ?? null,
        usage: answer.usage ?? {
          input: inputTokens,
          cached: cachedInputTokens,
          output: outputTokens,
          reasoning: reasoningTokens,
        },
      };
    } catch (error) {
      if (Problem.of(error).status !== 404) return answer;
    }
  }
  return answer;
}
