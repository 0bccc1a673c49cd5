import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import {
  answersOf,
  callText,
  comparedIn,
  itemQuery,
  messagesOf,
  passageText,
  paragraphsOf,
  textOf,
  toolsOf,
  variablesOf,
  type ChatMessage,
  type Item,
} from '@/shared/items/items';
import { RowLineage } from '@/shared/lineage/RowLineage';
import { Loaded } from '@/shared/ui/Loaded';

/** Reads an item of a dataset version and shows it with its lineage. */
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
      {(row) => (
        <div className="pl-stack">
          <ItemContent item={row.item} />
          <RowLineage lineage={row} />
          <Link to="/playground" search={{ item: `${dataset}/${version}/${itemId}` }}>
            Open in playground
          </Link>
        </div>
      )}
    </Loaded>
  );
}

/** The input of an item, as text or message by message, with the expected answer. */
export function ItemContent({ item }: { item: Item }): ReactNode {
  const text = textOf(item);
  const tools = toolsOf(item);
  const variables = variablesOf(item);
  const { document } = item.input;
  return (
    <div className="pl-stack">
      {document != null && <DocumentContent document={document} />}
      {text !== undefined ? (
        <div className="pl-content">{text}</div>
      ) : (
        messagesOf(item).map((message, index) => <Message key={index} message={message} />)
      )}
      <Variables variables={variables} />
      {tools.length > 0 && (
        <p>
          Tools: <code>{tools.join(', ')}</code>
        </p>
      )}
      <Expected expected={item.expected} />
      <Compared expected={item.expected} />
    </div>
  );
}

/** The values of a prompt's variables, by name. */
export function Variables({ variables }: { variables: [string, string][] }): ReactNode {
  if (variables.length === 0) return null;
  return (
    <dl aria-label="Variables">
      {variables.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Label isCompact>{name}</Label>
          </dt>
          <dd className="pl-content">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function DocumentContent({ document }: { document: NonNullable<Item['input']['document']> }): ReactNode {
  const { documentId, title, text, url } = document;
  return (
    <div>
      <Label isCompact>{documentId}</Label> {title}
      {url != null && (
        <>
          {' · '}
          <span className="pl-subtle">{url}</span>
        </>
      )}
      <div className="pl-content">{text}</div>
    </div>
  );
}

/** A message of a conversation, with its role. */
export function Message({ message }: { message: ChatMessage }): ReactNode {
  const { role, name } = message;
  return (
    <div className="pl-bubble" data-role={role}>
      <Label isCompact>{name == null ? role : `${role} ${name}`}</Label>
      {paragraphsOf(message).map((paragraph, index) => (
        <div key={index} className="pl-content">
          {paragraph}
        </div>
      ))}
    </div>
  );
}

/** The two answers of a preference, side by side. */
function Compared({ expected }: { expected: Item['expected'] }): ReactNode {
  const compared = comparedIn(expected);
  if (compared.length === 0) return null;
  return (
    <div className="pl-grid">
      {compared.map(({ name, answer }) => (
        <section key={name} aria-label={`${name} answer`}>
          <Label isCompact color={name === 'Chosen' ? 'green' : 'red'}>
            {name}
          </Label>
          {paragraphsOf(answer).map((paragraph, index) => (
            <div key={index} className="pl-content">
              {paragraph}
            </div>
          ))}
        </section>
      ))}
    </div>
  );
}

function Expected({ expected }: { expected: Item['expected'] }): ReactNode {
  const { label, references, rubric, toolCalls, answers, passages } = expected;
  const questioned = answers != null || passages.length > 0;
  if (label == null && references.length === 0 && rubric == null && toolCalls.length === 0 && !questioned) return null;
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
        <div key={index} className="pl-content">
          {callText(call.name, JSON.stringify(call.arguments))}
        </div>
      ))}
      {rubric != null && <div className="pl-content">Rubric: {rubric}</div>}
      {(answers == null ? [] : answersOf(answers)).map((answer) => (
        <div key={answer} className="pl-content">
          {answer}
        </div>
      ))}
      {passages.map((passage, index) => (
        <div key={index} className="pl-content pl-subtle">
          {passageText(passage)}
        </div>
      ))}
    </div>
  );
}
