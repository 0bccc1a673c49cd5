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
import { AllParked } from './AllParked';
import { isService, services, type Chosen, type Replayed } from './parked';
import { ParkedInService } from './ParkedInService';
import { ReplayDialog } from './ReplayDialog';
import { may, useSession } from '@/shared/session/session';
import { count } from '@/shared/text/format';
import { Empty } from '@/shared/ui/Empty';
import { PageHeader } from '@/shared/ui/PageHeader';

export function ParkedPage(): ReactNode {
  return (
    <>
      <PageHeader
        title="Parked messages"
        description="Events that a service could not apply, after several attempts. What follows on the same subject waits behind them, so that the order is kept."
      />
      <PageSection isFilled>
        {may(useSession(), 'sre') ? (
          <Parked />
        ) : (
          <Empty title="For operators">Only people with the role sre see and replay parked messages.</Empty>
        )}
      </PageSection>
    </>
  );
}

function Parked(): ReactNode {
  const { service } = useSearch({ from: '/ops/parked' });
  const navigate = useNavigate({ from: '/ops/parked' });
  const [chosen, choose] = useState<Chosen>();
  const [done, tell] = useState<Chosen & { result: Replayed }>();
  const replay = (next: Chosen) => {
    tell(undefined);
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
      {done && <Done {...done} onClose={() => tell(undefined)} />}
      {isService(service) ? (
        <ParkedInService key={service} service={service} onReplay={replay} />
      ) : (
        <AllParked onReplay={replay} />
      )}
      {chosen && (
        <ReplayDialog
          {...chosen}
          onDone={(result) => {
            tell({ ...chosen, result });
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
  message: { key },
  result: { applied },
  onClose,
}: Chosen & { result: Replayed; onClose: () => void }): ReactNode {
  return (
    <Alert
      isInline
      isLiveRegion
      component="h2"
      variant={applied > 0 ? 'success' : 'info'}
      title={
        applied > 0
          ? `${service} has applied ${applied === 1 ? 'the message' : `${count(applied)} messages`} about ${key}`
          : `Nothing about ${key} was parked in ${service} any more`
      }
      actionClose={<AlertActionCloseButton onClose={onClose} />}
    />
  );
}
