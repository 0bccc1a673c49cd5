import { List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { differencesOf, inputOf } from './rendering';
import { renderQuery } from '@/shared/data/promptRendering';
import { promptVersionByDigestQuery, type PromptVersion } from '@/shared/data/promptVersions';
import type { TraceContent, TraceDetail } from '@/shared/data/traces';
import { variantQuery } from '@/shared/data/variants';
import { Message } from '@/shared/items/ItemContent';
import type { ChatMessage } from '@/shared/items/items';
import { Loaded } from '@/shared/ui/Loaded';

interface Stored {
  detail: TraceDetail;
  content: TraceContent;
}

/** The prompt of a request, rendered again from what is stored. What the model was sent is not stored. */
export function RenderedPrompt(stored: Stored): ReactNode {
  const { variantDigest } = stored.detail.trace;
  return (
    <section className="pl-stack" aria-label="Prompt">
      <h3>Prompt</h3>
      {variantDigest == null ? (
        <p>The call named a model and no variant, so no prompt was added to the messages of the input.</p>
      ) : (
        <OfVariant digest={variantDigest} {...stored} />
      )}
    </section>
  );
}

function OfVariant({ digest, ...stored }: Stored & { digest: string }): ReactNode {
  return (
    <Loaded query={useQuery(variantQuery(digest))} what="the variant">
      {({ promptDigest }) => <OfPrompt digest={promptDigest} {...stored} />}
    </Loaded>
  );
}

function OfPrompt({ digest, ...stored }: Stored & { digest: string }): ReactNode {
  return (
    <Loaded query={useQuery(promptVersionByDigestQuery(digest))} what="the prompt">
      {(version) => <OfVersion version={version} {...stored} />}
    </Loaded>
  );
}

function OfVersion({ version, detail, content }: Stored & { version: PromptVersion }): ReactNode {
  const { prompt, version: number } = version;
  const differences = differencesOf(detail, content);
  return (
    <>
      <p>
        Rendered again from the stored request and{' '}
        <Link to="/prompts/$name/versions/$version" params={{ name: prompt, version: String(number) }}>
          {prompt} v{number}
        </Link>
        . What the model was sent is not stored.
      </p>
      {differences.length > 0 && (
        <List aria-label="Differences from what was sent">
          {differences.map((difference) => (
            <ListItem key={difference}>{difference}</ListItem>
          ))}
        </List>
      )}
      <Loaded query={useQuery(renderQuery(prompt, number, inputOf(version, content)))} what="the rendered prompt">
        {({ messages }) =>
          (messages as unknown as ChatMessage[]).map((message, index) => <Message key={index} message={message} />)
        }
      </Loaded>
    </>
  );
}
