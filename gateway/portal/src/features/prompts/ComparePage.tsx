import {
  Flex,
  FormSelect,
  FormSelectOption,
  PageSection,
  Tab,
  TabContent,
  Tabs,
  TabTitleText,
  Title,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfigurationDiff } from './ConfigurationDiff';
import { ExampleDiff } from './ExampleDiff';
import { MessageDiff } from './MessageDiff';
import { differenceQuery, versionsQuery, type PromptDifference } from './prompts';
import { VariableChanges } from './VariableChanges';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

export function ComparePage(): ReactNode {
  const { name } = useParams({ from: '/prompts/$name/compare' });
  const search = useSearch({ from: '/prompts/$name/compare' });
  const navigate = useNavigate({ from: '/prompts/$name/compare' });
  const versions = useQuery(versionsQuery(name));
  const newest = versions.data?.items[0]?.version;
  const to = Number(search.to ?? newest ?? 0);
  const from = Number(search.from ?? (to > 1 ? to - 1 : 0));
  const tab = search.tab === 'configuration' ? 'configuration' : 'content';
  const difference = useQuery(differenceQuery(name, from, to));
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
      <PageSection type="tabs">
        <Tabs
          activeKey={tab}
          aria-label="What to compare"
          usePageInsets
          onSelect={(_event, key) => void navigate({ search: (current) => ({ ...current, tab: String(key) }) })}
        >
          <Tab eventKey="content" title={<TabTitleText>Content</TabTitleText>} tabContentId="tab-content" />
          <Tab
            eventKey="configuration"
            title={<TabTitleText>Configuration</TabTitleText>}
            tabContentId="tab-configuration"
          />
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        {versions.isSuccess && (from === 0 || to === 0) ? (
          <TabContent id={`tab-${tab}`} eventKey={tab} activeKey={tab} aria-label="Nothing to compare">
            <Empty title="Nothing to compare yet">Two published versions are needed.</Empty>
          </TabContent>
        ) : (
          <>
            <TabContent
              id="tab-content"
              eventKey="content"
              activeKey={tab}
              hidden={tab !== 'content'}
              aria-label="Content"
            >
              {tab === 'content' && (
                <Loaded query={difference} what="the difference" rows={8}>
                  {(loaded) => <ContentDiff difference={loaded} />}
                </Loaded>
              )}
            </TabContent>
            <TabContent
              id="tab-configuration"
              eventKey="configuration"
              activeKey={tab}
              hidden={tab !== 'configuration'}
              aria-label="Configuration"
            >
              {tab === 'configuration' && (
                <Loaded query={difference} what="the difference">
                  {(loaded) => <ConfigurationDiff difference={loaded} />}
                </Loaded>
              )}
            </TabContent>
          </>
        )}
      </PageSection>
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
      <Title headingLevel="h2" size="md">
        Examples
      </Title>
      <ExampleDiff difference={difference} />
    </div>
  );
}
