import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { parkedQuery, type Chosen, type Service } from './parked';
import { ParkedTable } from './ParkedTable';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager } from '@/shared/ui/Pager';

interface ParkedInServiceProps {
  service: Service;
  onReplay: (chosen: Chosen) => void;
}

/** All that is parked in one service. */
export function ParkedInService({ service, onReplay }: ParkedInServiceProps): ReactNode {
  const { page: token } = useSearch({ from: '/ops/parked' });
  const navigate = useNavigate({ from: '/ops/parked' });
  const show = (page: string | undefined) => void navigate({ search: { service, page } });
  return (
    <Loaded query={useQuery(parkedQuery(service, 50, token))} what={`parked messages of ${service}`}>
      {(page) =>
        page.items.length === 0 ? (
          <Empty title={`Nothing is parked in ${service}`}>
            It has applied all that it was told. An event that it cannot apply will wait here, with its cause.
          </Empty>
        ) : (
          <>
            <ParkedTable
              service={service}
              messages={page.items}
              onReplay={(message) => onReplay({ service, message })}
            />
            <Pager page={page} token={token} onToken={show} />
          </>
        )
      }
    </Loaded>
  );
}
