import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { glossary } from '@/shared/help/generated/glossary';
import { anchorOf } from '@/shared/help/terms';
import { Detail, Details } from '@/shared/ui/Details';
import { PageHeader } from '@/shared/ui/PageHeader';

/** The glossary, at the term that the address names. */
export function HelpPage(): ReactNode {
  const named = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (named !== '') document.getElementById(named)?.scrollIntoView?.({ block: 'center' });
  }, [named]);
  return (
    <>
      <PageHeader
        title="Glossary"
        description="The terms of the portal. A term with a dotted underline shows its meaning."
      />
      <PageSection isFilled>
        <div className="pl-stack">
          {glossary.map(({ title, terms }) => (
            <Card key={title}>
              <CardTitle component="h2">{title}</CardTitle>
              <CardBody>
                <Details>
                  {terms.map(({ name, meaning }) => (
                    <Detail key={name} term={name}>
                      <span id={anchorOf(name)}>{meaning}</span>
                    </Detail>
                  ))}
                </Details>
              </CardBody>
            </Card>
          ))}
        </div>
      </PageSection>
    </>
  );
}
