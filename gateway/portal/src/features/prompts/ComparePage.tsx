import {
  Flex,
  FormSelect,
  FormSelectOption,
  Label,
  PageSection,
  Tab,
  TabContent,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core';
import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ConfigurationDiff } from './ConfigurationDiff';
import { versionQuery, versionsQuery, type PromptVersion } from './prompts';
import { SideBySide } from './SideBySide';
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
  const [left, right] = useQueries({
    queries: [
      { ...versionQuery(name, from), enabled: from > 0 },
      { ...versionQuery(name, to), enabled: to > 0 },
    ],
  });
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
                <Both left={left} right={right}>
                  {(before, after) => (
                    <>
                      <Variables before={before} after={after} />
                      <SideBySide before={before} after={after} />
                    </>
                  )}
                </Both>
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
                <Both left={left} right={right}>
                  {(before, after) => <ConfigurationDiff before={before} after={after} />}
                </Both>
              )}
            </TabContent>
          </>
        )}
      </PageSection>
    </>
  );
}

interface BothProps {
  left: UseQueryResult<PromptVersion>;
  right: UseQueryResult<PromptVersion>;
  children: (before: PromptVersion, after: PromptVersion) => ReactNode;
}

function Both({ left, right, children }: BothProps): ReactNode {
  return (
    <Loaded query={left} what="the earlier version">
      {(before) => (
        <Loaded query={right} what="the later version">
          {(after) => children(before, after)}
        </Loaded>
      )}
    </Loaded>
  );
}

function Variables({ before, after }: { before: PromptVersion; after: PromptVersion }): ReactNode {
  const names = ({ variables }: PromptVersion) => Object.keys((variables['properties'] as object | undefined) ?? {});
  const was = names(before);
  const is = names(after);
  const all = [...new Set([...was, ...is])];
  if (all.length === 0) return null;
  return (
    <p className="pl-variables">
      Variables:{' '}
      {all.map((name) => {
        if (!was.includes(name))
          return (
            <Label key={name} isCompact color="green">
              + {name} added
            </Label>
          );
        if (!is.includes(name))
          return (
            <Label key={name} isCompact color="red">
              − {name} removed
            </Label>
          );
        return (
          <Label key={name} isCompact>
            {name} kept
          </Label>
        );
      })}
    </p>
  );
}
