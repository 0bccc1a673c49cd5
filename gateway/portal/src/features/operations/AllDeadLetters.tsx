import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { deadLettersQuery, services, type Chosen, type Service } from './deadLetters';
import { DeadLetterTable } from './DeadLetterTable';
import { count, totalOf } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';

/** The number of dead letters listed per service. The service's own page lists all of them. */
const few = 10;

/**
 * The dead letters of all services. Each service that has some or does not answer gets a card; one line names the
 * others.
 */
export function AllDeadLetters({ onReplay }: { onReplay: (chosen: Chosen) => void }): ReactNode {
  const results = useQueries({ queries: services.map((service) => deadLettersQuery(service, few)) }).map(
    (query, index) => ({
      service: services[index] as Service,
      query,
    }),
  );
  const waiting = results.find(({ query }) => query.isPending);
  const free = results
    .filter(({ query }) => query.isSuccess && query.data.items.length === 0)
    .map(({ service }) => service);
  const concerned = results.filter(({ service, query }) => !query.isPending && !free.includes(service));
  if (free.length === services.length) {
    return (
      <Empty title="No dead letters">
        Every service has applied all events that it received. An event that a service cannot apply appears here with
        its cause.
      </Empty>
    );
  }
  return (
    <>
      {concerned.map(({ service, query }) => (
        <Card key={service}>
          <CardTitle component="h2">
            {service}{' '}
            {query.data && (
              <Label isCompact status="danger">
                {totalOf(query.data.total)}
              </Label>
            )}
          </CardTitle>
          <CardBody>
            <Loaded query={query} what={`dead letters of ${service}`}>
              {({ items, total }) => (
                <>
                  <DeadLetterTable
                    service={service}
                    letters={items}
                    onReplay={(letter) => onReplay({ service, letter })}
                  />
                  {total.value > items.length && (
                    <p>
                      <Link to="/ops/dead-letters" search={{ service }}>
                        All {count(total.value)} of {service}
                      </Link>
                    </p>
                  )}
                </>
              )}
            </Loaded>
          </CardBody>
        </Card>
      ))}
      {waiting && (
        <Loaded query={waiting.query} what="dead letters">
          {() => null}
        </Loaded>
      )}
      {free.length > 0 && (
        <p className="pl-subtle">
          No dead letters in{' '}
          {free.map((service, index) => (
            <Fragment key={service}>
              {index > 0 && (index === free.length - 1 ? ' and ' : ', ')}
              {service}
            </Fragment>
          ))}
          .
        </p>
      )}
    </>
  );
}
