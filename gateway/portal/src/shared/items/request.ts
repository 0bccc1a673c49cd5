import type { ChatMessage } from './items';
import type { TraceContent } from '@/shared/data/traces';

/** What was kept of a request: its messages, and what it gave for the variables of a prompt. */
export function requestIn({ input }: TraceContent): { messages: ChatMessage[]; variables: Record<string, unknown> } {
  const { messages = [], plumbline_variables: variables = {} } = input as {
    messages?: ChatMessage[];
    plumbline_variables?: Record<string, unknown>;
  };
  return { messages, variables };
}
