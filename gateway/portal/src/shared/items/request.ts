import type { ChatMessage } from './items';
import type { TraceContent } from '@/shared/data/traces';

/** Returns the stored parts of a request: its messages and its values for a prompt's variables. */
export function requestIn({ input }: TraceContent): { messages: ChatMessage[]; variables: Record<string, unknown> } {
  const { messages = [], plumbline_variables: variables = {} } = input as {
    messages?: ChatMessage[];
    plumbline_variables?: Record<string, unknown>;
  };
  return { messages, variables };
}
