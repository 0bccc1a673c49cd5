import { Breadcrumb, BreadcrumbItem, Content, Flex, FlexItem, PageSection, Title } from '@patternfly/react-core';
import { useEffect, useRef, type ReactNode } from 'react';
import { pageArrived } from '@/shared/ui/focus';

interface PageHeaderProps {
  title: string;
  /** A suffix of the window's title that distinguishes pages of the same title, as in "Releases – Application". */
  about?: string;
  /** The links of the breadcrumb, outermost first. */
  trail?: ReactNode[];
  description?: ReactNode;
  labels?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, about, trail = [], description, labels, actions }: PageHeaderProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${about === undefined ? title : `${title} – ${about}`} · Plumbline`;
    pageArrived(heading.current);
  }, [title, about]);

  return (
    <PageSection>
      {trail.length > 0 && (
        <Breadcrumb className="pl-trail">
          {trail.map((step, index) => (
            <BreadcrumbItem key={index} render={() => step} />
          ))}
          <BreadcrumbItem isActive>{title}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsCenter' }}>
        <FlexItem>
          <Flex alignItems={{ default: 'alignItemsCenter' }} gap={{ default: 'gapMd' }}>
            <Title headingLevel="h1" size="2xl" tabIndex={-1} ref={heading} className="pl-heading">
              {title}
            </Title>
            {labels}
          </Flex>
        </FlexItem>
        {actions && (
          <FlexItem>
            <Flex gap={{ default: 'gapSm' }}>{actions}</Flex>
          </FlexItem>
        )}
      </Flex>
      {description && <Content className="pl-description">{description}</Content>}
    </PageSection>
  );
}
