import { Label } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { messagesOf, paragraphsOf, textOf, variablesOf, type ListedItem } from './items';
import { MaskedText } from './MaskedText';
import { count } from '@/shared/text/format';

/** The text of an item, or the last message of its conversation, as lists show it. */
export function ItemSummary({ listed: { item, masked } }: { listed: Pick<ListedItem, 'item' | 'masked'> }): ReactNode {
  const text = textOf(item);
  const variables = variablesOf(item);
  if (variables.length > 0) {
    const given = variables.map(([name, value]) => `${name}: ${value}`).join('\n');
    const last = text ?? paragraphsOf(messagesOf(item).at(-1) ?? { role: 'user' }).join('\n');
    return <MaskedText text={`${last}\n${given}`.trim()} masked={masked} />;
  }
  if (text !== undefined) return <MaskedText text={text} masked={masked} />;
  const { document } = item.input;
  if (document != null) {
    return (
      <>
        <Label isCompact>{document.documentId}</Label>{' '}
        <MaskedText text={`${document.title}\n${document.text}`.trim()} masked={masked} />
      </>
    );
  }
  const messages = messagesOf(item);
  const last = messages.at(-1);
  if (last === undefined) return null;
  return (
    <>
      <Label isCompact>{last.role}</Label> <MaskedText text={paragraphsOf(last).join('\n')} masked={masked} />
      {messages.length > 1 && <span className="pl-subtle"> · the last of {count(messages.length)} messages</span>}
    </>
  );
}
