import type { Provider } from './providers';
import { z } from '@/shared/form/schema';

type Formats = Provider['responseFormats'];

/** The response formats that a server can accept. */
export const formatChoices: { value: Formats; label: string }[] = [
  { value: 'json_schema', label: 'json_schema, as in OpenAI’s API' },
  { value: 'json_object', label: 'json_object that contains the schema, as in llama.cpp’s Python server' },
  { value: 'none', label: 'None: prompts with a schema are refused' },
];

export const responseFormats = z.enum(formatChoices.map(({ value }) => value));
