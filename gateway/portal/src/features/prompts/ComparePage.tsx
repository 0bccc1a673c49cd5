import { Flex, FormSelect, FormSelectOption, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfigurationDiff } from './ConfigurationDiff';
import { ExampleDiff } from './ExampleDiff';
import { MessageDiff } from './MessageDiff';
import { PartialDiffs } from './PartialDiffs';
import { differenceQuery, versionsQuery, type PromptDifference } from './prompts';
import { VariableChanges } from './VariableChanges';
import { Empty } from '@/shared/ui/Empty';
import { LinkButton } from '@/shared/ui/LinkButton';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { PageTabs } from '@/shared/ui/PageTabs';

export function ComparePage(): ReactNode {
  const { name } = useParams({ from: '/prompts/$name/compare' });
  const search = useSearch({ from: '/prompts/$name/compare' });
  const navigate = useNavigate({ from: '/prompts/$name/compare' });
  const versions = useQuery(versionsQuery(name));
  const newest = versions.data?.items[0]?.version;
  const to = Number(search.to ?? newest ?? 0);
  const from = Number(search.from ?? (to > 1 ? to - 1 : 0));
  const difference = useQuery(differenceQuery(name, from, to));
  const compared = (shown: (loaded: PromptDifference) => ReactNode) =>
    versions.isSuccess && (from === 0 || to === 0) ? (
      <Empty
        title="Nothing to compare yet"
        action={
          <LinkButton variant="link" to="/prompts/$name" params={{ name }}>
            Versions
          </LinkButton>
        }
      >
        A comparison needs two published versions. A prompt engineer publishes the next one.
      </Empty>
    ) : (
      <Loaded query={difference} what="the difference" rows={8}>
        {shown}
      </Loaded>
    );
  const choices = [...new Set([...(versions.data?.items.map(({ version }) => version) ?? []), from, to])]
    .filter((one) => one > 0)
    .sort((a, b) => b - a);
  const pick = (side: 'from' | 'to') => (
    <FormSelect
      aria-label={side === 'from' ? 'Compare from version' : 'Compare to version'}
      value={String(side === 'from' ? from : to)}
      onChange={(_event, value) => void navigate({ search: (current) => ({ ...current, [side]: value }) })}
    >
      {choices.map((one) => (
        <FormSelectOption key={one} value={String(one)} label={`v${one}`} />
      ))}
    </FormSelect>
  );
  return (
    <>
      <PageHeader
        title={`Compare ${name}`}
        trail={[
          <Link key="prompts" to="/prompts">
            Prompts
          </Link>,
          <Link key="prompt" to="/prompts/$name" params={{ name }}>
            {name}
          </Link>,
        ]}
        actions={
          <Flex
            gap={{ default: 'gapSm' }}
            flexWrap={{ default: 'nowrap' }}
            alignItems={{ default: 'alignItemsCenter' }}
          >
            {pick('from')}
            <span aria-hidden="true">→</span>
            {pick('to')}
          </Flex>
        }
      />
      <PageTabs
        label="What to compare"
        open={search.tab}
        onOpen={(next) => void navigate({ search: (current) => ({ ...current, tab: next }) })}
        tabs={{
          content: { title: 'Content', content: compared((loaded) => <ContentDiff difference={loaded} />) },
          configuration: {
            title: 'Configuration',
            content: compared((loaded) => <ConfigurationDiff difference={loaded} />),
          },
        }}
      />
    </>
  );
}

function ContentDiff({ difference }: { difference: PromptDifference }): ReactNode {
  const { messages, from, to } = difference;
  return (
    <div className="pl-stack">
      <VariableChanges difference={difference} />
      {messages.map((message) => (
        <MessageDiff key={message.index} message={message} from={from} to={to} />
      ))}
      <PartialDiffs difference={difference} />
      <Title headingLevel="h2" size="md">
        Examples
      </Title>
      <ExampleDiff difference={difference} />
    </div>
  );
}
