import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useOpenForm } from '@/shared/data/applicationForm';
import { CostModelCard } from './CostModelCard';
import { CostModelTable } from './CostModelTable';
import { MeasuredUse } from './MeasuredUse';
import { costModelQuery, costModelsQuery } from './costs';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Pager } from '@/shared/ui/Pager';
import { RoleButton } from '@/shared/ui/RoleButton';

/**
 * The costs of each approach. Shows the newest cost model in full, or the one that the address names, and a list of
 * all.
 */
export function CostsPanel({ application }: { application: string }): ReactNode {
  const { cost, page: token } = useSearch({ from: '/apps/$app' });
  const navigate = useNavigate({ from: '/apps/$app' });
  const open = useOpenForm();
  const models = useQuery(costModelsQuery(application, token));
  const listed = models.data?.items;
  const known = cost === undefined ? listed?.[0] : listed?.find(({ costModelId }) => costModelId === cost);
  const named = useQuery(costModelQuery(listed !== undefined && known === undefined ? cost : undefined));
  const chosen = known ?? named.data;
  const compute = (
    <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="secondary" onClick={() => open('costs')}>
      Compute costs
    </RoleButton>
  );
  return (
    <div className="pl-stack">
      <Loaded query={models} what="cost models">
        {(page) =>
          page.items.length === 0 ? (
            <Empty title="No costs computed yet" action={compute}>
              A cost model compares the monthly cost of the approaches, and shows from which volume another one is
              cheaper. Its figures are defaults until you override them.
            </Empty>
          ) : (
            <div className="pl-stack">
              {compute}
              {chosen ? (
                <CostModelCard model={chosen} />
              ) : (
                <Loaded query={named} what="the cost model">
                  {() => null}
                </Loaded>
              )}
              <div>
                <CostModelTable models={page.items} chosen={chosen?.costModelId} />
                <Pager
                  page={page}
                  token={token}
                  onToken={(next) => void navigate({ search: (search) => ({ ...search, page: next }) })}
                />
              </div>
            </div>
          )
        }
      </Loaded>
      <MeasuredUse application={application} />
    </div>
  );
}
