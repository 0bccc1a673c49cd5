import { newSchema, objectShape, readSchema, schemaDraft, type ObjectSchemaDraft } from './objectSchema';
import { linesOf } from './property';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { answerSchema, isWrapped } from '@/shared/data/promptVersions';
import { objectIn, sameJson } from '@/shared/text/json';

/** The kinds of response formats. */
export const formatKinds = {
  text: 'free text',
  answers: 'one of these answers',
  schema: 'JSON that follows a schema',
} as const;

export type FormatKind = keyof typeof formatKinds;

const shape = z.object({
  kind: z.enum(Object.keys(formatKinds) as FormatKind[]),
  /** One per line. */
  answers: z.string(),
  schema: objectShape,
  /** The format that the draft started from, as JSON; empty without one. Its wrapper's name is kept. */
  format: z.string(),
});

/** The draft of a response format. */
export type ResponseFormatDraft = z.infer<typeof shape>;

export const responseFormatSchema = parsed(shape, ({ kind, answers, schema, format }, refuse): Json | undefined => {
  const before = objectIn(format);
  switch (kind) {
    case 'text':
      return undefined;
    case 'answers':
      // A single line is probably a list that was separated by commas.
      if (answersIn(answers).length < 2) refuse('Give at least two answers, one per line.', 'answers');
      return unlessSame(before, wrappedAs(before, oneOf(answersIn(answers))));
    case 'schema':
      return wrappedAs(
        before,
        readSchema(schema, (message, ...path) => refuse(message, 'schema', ...path)),
      );
  }
});

/** Wraps a schema under the name of the earlier format. */
function wrappedAs(before: Json | undefined, schema: Json): Json {
  return isWrapped(before) ? { ...before, json_schema: { ...before.json_schema, schema } } : schema;
}

/** Returns the former value where it means the same, so that its order is kept. */
function unlessSame(before: Json | undefined, after: Json): Json {
  return before !== undefined && sameJson(before, after) ? before : after;
}

/** Returns the name under which a format is sent, if its author gave one. */
export function nameOf({ format }: ResponseFormatDraft): string | undefined {
  const before = objectIn(format);
  return isWrapped(before) ? String(before.json_schema['name']) : undefined;
}

export const freeText: ResponseFormatDraft = {
  kind: 'text',
  answers: '',
  schema: newSchema({ type: 'object', additionalProperties: false }),
  format: '',
};

/** Returns the draft of a response format. It becomes a list of answers only if that expresses exactly the same. */
export function responseFormatDraft(format: unknown): ResponseFormatDraft {
  if (format == null) return freeText;
  const schema = answerSchema(format);
  const answers = answersOf(schema);
  const draft = { ...freeText, format: JSON.stringify(format) };
  return answers === undefined
    ? { ...draft, kind: 'schema', schema: schemaDraft(schema) }
    : { ...draft, kind: 'answers', answers: answers.join('\n') };
}

/** Returns the schema that the answers stand for, unless one was written already. */
export function schemaOfAnswers({ answers, schema }: ResponseFormatDraft): ObjectSchemaDraft | undefined {
  const isNew = schema.form === 'fields' && schema.rows.length === 0;
  return isNew && answersIn(answers).length > 0 ? schemaDraft(oneOf(answersIn(answers))) : undefined;
}

function oneOf(answers: string[]): Json {
  return {
    type: 'object',
    properties: { answer: { enum: answers } },
    required: ['answer'],
    additionalProperties: false,
  };
}

function answersOf(format: unknown): string[] | undefined {
  const { rows } = schemaDraft(format);
  const [answer, ...others] = rows;
  if (answer?.type !== 'choice' || others.length > 0) return undefined;
  const answers = answersIn(answer.choices);
  return answers.length > 1 && sameJson(oneOf(answers), format) ? answers : undefined;
}

/** Returns the answers, trimmed and each once. */
function answersIn(text: string): string[] {
  return [...new Set(linesOf(text).map((line) => line.trim()))].filter((line) => line !== '');
}
