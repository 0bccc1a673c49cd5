import type { Provider } from './providers';
import { z } from '@/shared/form/schema';

type Formats = Provider['responseFormats'];

/** The response formats that a server takes. */
export const formatChoices: { value: Formats; label: string }[] = [
  { value: 'json_schema', label: 'json_schema, as OpenAI has it' },
  { value: 'json_object', label: 'json_object with the schema in it, as llama.cpp’s Python server has it' },
  { value: 'none', label: 'None: prompts with a schema are refused' },
];

export const responseFormats = z.enum(formatChoices.map(({ value }) => value));
