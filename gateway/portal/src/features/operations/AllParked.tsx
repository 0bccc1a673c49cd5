import { Card, CardBody, CardTitle, Label } from '@patternfly/react-core';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { parkedQuery, services, type Chosen, type Service } from './parked';
import { ParkedTable } from './ParkedTable';
import { count, totalOf } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';

/** As many of each service as show what is wrong; all of them stand on the service's own page. */
const few = 10;

/** What is parked anywhere: a card for each service that has something or does not answer, and one line for those that have nothing. */
export function AllParked({ onReplay }: { onReplay: (chosen: Chosen) => void }): ReactNode {
  const asked = useQueries({ queries: services.map((service) => parkedQuery(service, few)) }).map((query, index) => ({
    service: services[index] as Service,
    query,
  }));
  const waiting = asked.find(({ query }) => query.isPending);
  const free = asked
    .filter(({ query }) => query.isSuccess && query.data.items.length === 0)
    .map(({ service }) => service);
  const concerned = asked.filter(({ service, query }) => !query.isPending && !free.includes(service));
  if (free.length === services.length) {
    return (
      <Empty title="Nothing is parked">
        Every service has applied all that it was told. An event that one of them cannot apply will wait here, with its
        cause.
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
                {totalOf(query.data.total)} parked
              </Label>
            )}
          </CardTitle>
          <CardBody>
            <Loaded query={query} what={`parked messages of ${service}`}>
              {({ items, total }) => (
                <>
                  <ParkedTable
                    service={service}
                    messages={items}
                    onReplay={(message) => onReplay({ service, message })}
                  />
                  {total.value > items.length && (
                    <p>
                      <Link to="/ops/parked" search={{ service }}>
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
        <Loaded query={waiting.query} what="parked messages">
          {() => null}
        </Loaded>
      )}
      {free.length > 0 && (
        <p className="pl-subtle">
          Nothing is parked in{' '}
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
