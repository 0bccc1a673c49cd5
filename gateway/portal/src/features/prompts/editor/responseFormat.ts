import { newSchema, objectShape, readSchema, schemaDraft, type ObjectSchemaDraft } from './objectSchema';
import { linesOf } from './property';
import type { Json } from '@/shared/data/promptRendering';
import { parsed, z } from '@/shared/form/schema';
import { sameJson } from '@/shared/text/json';

/** What an answer can be held to. */
export const formatKinds = {
  text: 'free text',
  answers: 'one of these answers',
  schema: 'JSON that follows a schema',
} as const;

export type FormatKind = keyof typeof formatKinds;

const shape = z.object({
  kind: z.enum(Object.keys(formatKinds) as FormatKind[]),
  /** One a line. */
  answers: z.string(),
  schema: objectShape,
});

/** What answers are held to, as it is typed. */
export type ResponseFormatDraft = z.infer<typeof shape>;

export const responseFormatSchema = parsed(shape, ({ kind, answers, schema }, refuse): Json | undefined => {
  switch (kind) {
    case 'text':
      return undefined;
    case 'answers':
      // A single one is a list that was separated by commas.
      if (answersIn(answers).length < 2) refuse('Give at least two answers, one a line.', 'answers');
      return oneOf(answersIn(answers));
    case 'schema':
      return readSchema(schema, (message, ...path) => refuse(message, 'schema', ...path));
  }
});

export const freeText: ResponseFormatDraft = {
  kind: 'text',
  answers: '',
  schema: newSchema({ type: 'object', additionalProperties: false }),
};

/** A response format as it is typed: as answers only where they say exactly the same. */
export function responseFormatDraft(format: unknown): ResponseFormatDraft {
  if (format == null) return freeText;
  const answers = answersOf(format);
  return answers === undefined
    ? { ...freeText, kind: 'schema', schema: schemaDraft(format) }
    : { ...freeText, kind: 'answers', answers: answers.join('\n') };
}

/** The schema that the answers are short for, where none was written yet. */
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

/** Each once, without the spaces around them. */
function answersIn(text: string): string[] {
  return [...new Set(linesOf(text).map((line) => line.trim()))].filter((line) => line !== '');
}
