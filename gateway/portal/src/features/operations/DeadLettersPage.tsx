import {
  Alert,
  AlertActionCloseButton,
  FormSelect,
  FormSelectOption,
  PageSection,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { AllDeadLetters } from './AllDeadLetters';
import { isService, services, type Chosen, type Replayed } from './deadLetters';
import { DeadLettersOfService } from './DeadLettersOfService';
import { ReplayDialog } from './ReplayDialog';
import { may, useSession } from '@/shared/session/session';
import { count } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';

export function DeadLettersPage(): ReactNode {
  return (
    <>
      <PageHeader
        title="Dead letters"
        description={
          'Events that a service could not apply after several attempts. Later events with the same key ' +
          'wait behind them, so that the order is kept.'
        }
      />
      <PageSection isFilled>
        {may(useSession(), 'sre') ? (
          <DeadLetters />
        ) : (
          <Empty title="For operators">Only people with the role sre see and replay dead letters.</Empty>
        )}
      </PageSection>
    </>
  );
}

function DeadLetters(): ReactNode {
  const { service } = useSearch({ from: '/ops/dead-letters' });
  const navigate = useNavigate({ from: '/ops/dead-letters' });
  const [chosen, choose] = useState<Chosen>();
  const [done, setDone] = useState<Chosen & { result: Replayed }>();
  const replay = (next: Chosen) => {
    setDone(undefined);
    choose(next);
  };
  return (
    <div className="pl-stack">
      <Toolbar inset={{ default: 'insetNone' }}>
        <ToolbarContent>
          <ToolbarItem>
            <FormSelect
              aria-label="Service"
              value={service ?? ''}
              onChange={(_event, next) => void navigate({ search: { service: next } })}
            >
              <FormSelectOption value="" label="All services" />
              {services.map((name) => (
                <FormSelectOption key={name} value={name} label={name} />
              ))}
            </FormSelect>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {done && <Done {...done} onClose={() => setDone(undefined)} />}
      {isService(service) ? (
        <DeadLettersOfService key={service} service={service} onReplay={replay} />
      ) : (
        <AllDeadLetters onReplay={replay} />
      )}
      {chosen && (
        <ReplayDialog
          {...chosen}
          onDone={(result) => {
            setDone({ ...chosen, result });
            choose(undefined);
          }}
          onClose={() => choose(undefined)}
        />
      )}
    </div>
  );
}

function Done({
  service,
  letter: { key },
  result: { applied },
  onClose,
}: Chosen & { result: Replayed; onClose: () => void }): ReactNode {
  const letters = applied === 1 ? 'the dead letter' : `${count(applied)} dead letters`;
  return (
    <Alert
      isInline
      isLiveRegion
      component="h2"
      variant={applied > 0 ? 'success' : 'info'}
      title={
        applied > 0
          ? `${service} has applied ${letters} about ${key}`
          : `No dead letter about ${key} was left in ${service}`
      }
      actionClose={<AlertActionCloseButton onClose={onClose} />}
    />
  );
}
