import type { Parameters } from './composition';

export type ParameterName = keyof Parameters;
/** Parameters as they are typed; empty is the model's own default. */
export type ParameterText = Partial<Record<ParameterName, string>>;

export const parameterFields: { name: ParameterName; label: string; help: string }[] = [
  { name: 'retrievedExamples', label: 'Retrieved examples', help: '0 to 64 rows of the index' },
  { name: 'temperature', label: 'Temperature', help: '0 to 2' },
  { name: 'maxInputTokens', label: 'Tokens read of each text', help: '3 to 512, local models only' },
  { name: 'maxCompletionTokens', label: 'Tokens written at most', help: '1 to 32,768' },
  { name: 'topP', label: 'Top p', help: '0 to 1' },
  { name: 'seed', label: 'Seed', help: 'For models that take one' },
];

/** Retrieved examples count only with an index; eight of them unless said otherwise. */
export function parametersOf(text: ParameterText, retrieval: boolean): Parameters {
  const parameters: Parameters = {};
  for (const { name } of parameterFields) {
    const typed = name === 'retrievedExamples' ? (retrieval ? (text[name] ?? '8') : '') : (text[name] ?? '');
    if (typed !== '') parameters[name] = Number(typed);
  }
  return parameters;
}

/** temperature 0, 8 retrieved examples */
export function parameterWords(parameters: Parameters): string {
  return parameterFields
    .filter(({ name }) => parameters[name] != null)
    .map(({ name, label }) => `${label.toLowerCase()} ${parameters[name]}`)
    .join(', ');
}
