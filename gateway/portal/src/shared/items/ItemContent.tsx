import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  itemQuery,
  messagesOf,
  partText,
  textOf,
  toolsOf,
  type ChatMessage,
  type ContentPart,
  type Item,
} from '@/shared/items/items';
import { Loaded } from '@/shared/ui/Loaded';

/** Reads an item of a dataset version and shows it. */
export function LoadedItem({
  dataset,
  version,
  itemId,
}: {
  dataset: string;
  version: number;
  itemId: string;
}): ReactNode {
  return (
    <Loaded query={useQuery(itemQuery(dataset, version, itemId))} what="the item" rows={2}>
      {({ item }) => (
        <div className="pl-stack">
          <ItemContent item={item} />
          <Link to="/playground" search={{ item: `${dataset}/${version}/${itemId}` }}>
            Open in playground
          </Link>
        </div>
      )}
    </Loaded>
  );
}

/** What is asked, as text or message by message, and what is expected of the answer. */
export function ItemContent({ item }: { item: Item }): ReactNode {
  const text = textOf(item);
  const tools = toolsOf(item);
  return (
    <div className="pl-stack">
      {text !== undefined ? (
        <div className="pl-content">{text}</div>
      ) : (
        messagesOf(item).map((message, index) => <Message key={index} message={message} />)
      )}
      {tools.length > 0 && (
        <p>
          Tools: <code>{tools.join(', ')}</code>
        </p>
      )}
      <Expected expected={item.expected} />
    </div>
  );
}

function Message({
  message: { role, name, content, refusal, tool_calls = [], function_call },
}: {
  message: ChatMessage;
}): ReactNode {
  const parts: ContentPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? []);
  const calls = [...tool_calls.map((call) => call.function), ...(function_call === undefined ? [] : [function_call])];
  return (
    <div>
      <Label isCompact>{name === undefined ? role : `${role} ${name}`}</Label>
      {parts.map((part, index) => (
        <div key={index} className="pl-content">
          {partText(part)}
        </div>
      ))}
      {refusal !== undefined && <div className="pl-content">{refusal}</div>}
      {calls.map((call, index) => (
        <Call key={index} name={call.name} args={call.arguments} />
      ))}
    </div>
  );
}

function Call({ name, args }: { name: string; args: string }): ReactNode {
  return (
    <div className="pl-content">
      calls {name}({args})
    </div>
  );
}

function Expected({ expected: { label, references, rubric, toolCalls } }: { expected: Item['expected'] }): ReactNode {
  if (label == null && references.length === 0 && rubric == null && toolCalls.length === 0) return null;
  return (
    <div>
      <Label isCompact color="green">
        expected
      </Label>
      {label != null && <div className="pl-content">{label}</div>}
      {references.map((reference, index) => (
        <div key={index} className="pl-content">
          {references.length > 1 ? `${index + 1}. ${reference}` : reference}
        </div>
      ))}
      {toolCalls.map((call, index) => (
        <Call key={index} name={call.name} args={JSON.stringify(call.arguments)} />
      ))}
      {rubric != null && <div className="pl-content">Rubric: {rubric}</div>}
    </div>
  );
}
