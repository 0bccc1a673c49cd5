import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { deadLettersQuery, type Chosen, type Service } from './deadLetters';
import { DeadLetterTable } from './DeadLetterTable';
import { Empty } from '@/shared/ui/Empty';
import { PagedList } from '@/shared/ui/PagedList';

interface DeadLettersOfServiceProps {
  service: Service;
  onReplay: (chosen: Chosen) => void;
}

/** All dead letters of one service. */
export function DeadLettersOfService({ service, onReplay }: DeadLettersOfServiceProps): ReactNode {
  const { page: token } = useSearch({ from: '/ops/dead-letters' });
  const navigate = useNavigate({ from: '/ops/dead-letters' });
  const show = (page: string | undefined) => void navigate({ search: { service, page } });
  return (
    <PagedList
      query={useQuery(deadLettersQuery(service, 50, token))}
      what={`dead letters of ${service}`}
      token={token}
      onToken={show}
      empty={
        <Empty title={`No dead letters in ${service}`}>
          It has applied all events that it received. An event that it cannot apply appears here with its cause.
        </Empty>
      }
    >
      {(items) => (
        <DeadLetterTable service={service} letters={items} onReplay={(letter) => onReplay({ service, letter })} />
      )}
    </PagedList>
  );
}
