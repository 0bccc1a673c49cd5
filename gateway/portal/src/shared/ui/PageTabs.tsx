import { PageSection, Tab, TabContent, Tabs, TabTitleText } from '@patternfly/react-core';
import type { ReactNode } from 'react';

export interface PageTab {
  title: string;
  content: ReactNode;
}

interface PageTabsProps {
  label: string;
  /** The tabs by their names in the address, in order. */
  tabs: Record<string, PageTab>;
  /** The tab that the address names. Without one, the first tab is open. */
  open: string | undefined;
  onOpen: (tab: string) => void;
}

/** The tabs of a page; only the open one is rendered. */
export function PageTabs({ label, tabs, open = '', onOpen }: PageTabsProps): ReactNode {
  const active = open in tabs ? open : (Object.keys(tabs)[0] ?? '');
  return (
    <>
      <PageSection type="tabs">
        <Tabs activeKey={active} onSelect={(_event, key) => onOpen(String(key))} aria-label={label} usePageInsets>
          {Object.entries(tabs).map(([key, { title }]) => (
            <Tab key={key} eventKey={key} title={<TabTitleText>{title}</TabTitleText>} tabContentId={`tab-${key}`} />
          ))}
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        {Object.entries(tabs).map(([key, { title, content }]) => (
          <TabContent
            key={key}
            id={`tab-${key}`}
            eventKey={key}
            activeKey={active}
            hidden={key !== active}
            aria-label={title}
          >
            {key === active && content}
          </TabContent>
        ))}
      </PageSection>
    </>
  );
}
