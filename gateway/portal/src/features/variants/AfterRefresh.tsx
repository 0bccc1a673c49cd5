import { Content, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useOpenForm } from '@/shared/data/applicationForm';
import { criteriaQuery, inForceOf } from '@/shared/data/applications';
import { baselinesQuery, runsQuery } from '@/shared/data/evaluations';
import { useRefreshApproval } from '@/shared/data/activePolicies';
import { suitesQuery } from '@/shared/data/suites';
import { serves, type Variant } from '@/shared/data/variants';
import { count } from '@/shared/text/format';
import { RoleButton } from '@/shared/ui/RoleButton';

interface AfterRefreshProps {
  application: string;
  /** The variant to refresh. */
  variant: Variant;
}

/** The remaining steps until a refresh is released. */
export function AfterRefresh({ application, variant }: AfterRefreshProps): ReactNode {
  const open = useOpenForm();
  const registered = useQuery(criteriaQuery(application)).data?.items;
  const criteria = inForceOf(registered, 'REFRESH');
  const suite = useQuery(suitesQuery).data?.items.find(({ suiteDigest }) => suiteDigest === criteria?.suiteDigest);
  const items = suite?.name ?? 'the suite of the refresh criteria';
  const measured = useHasBaseline(application, variant, criteria?.suiteDigest);
  const runs = useQuery(runsQuery(application)).data;
  const approval = useRefreshApproval();
  if (registered === undefined) return null;
  return (
    <Content>
      <p>Next steps:</p>
      <List>
        {!serves(variant) && (
          <ListItem>{variant.name} is not released, so another person approves the release of its refresh.</ListItem>
        )}
        {serves(variant) && criteria === undefined && (
          <ListItem>
            No criteria of refreshes are registered, so the criteria of releases apply. Another person approves the
            release.{' '}
            <RoleButton
              roles={['prompt-engineer', 'ml-engineer']}
              variant="link"
              isInline
              onClick={() => open('criteria')}
            >
              Register criteria
            </RoleButton>
          </ListItem>
        )}
        {serves(variant) && criteria && (
          <>
            {measured === false && (
              <ListItem>
                Evaluate {variant.name} over {items} and record the run as a baseline, which the refresh is compared
                with.
                {runs?.nextPageToken != null &&
                  ` Only the newest ${count(runs.items.length)} runs of the application were searched.`}
              </ListItem>
            )}
            <ListItem>Evaluate the refresh over {items}, then request its verdict and its release.</ListItem>
            {approval !== undefined && <ListItem>{approval}</ListItem>}
          </>
        )}
      </List>
    </Content>
  );
}

/** Returns whether a baseline of the variant over the suite is recorded; undefined until it is known. */
function useHasBaseline(application: string, variant: Variant, suite: string | undefined): boolean | undefined {
  const runs = useQuery(runsQuery(application)).data?.items;
  const baselines = useQuery(baselinesQuery(application)).data?.items;
  return (
    runs &&
    baselines?.some(({ runId }) =>
      runs.some(
        (run) => run.runId === runId && run.variantDigest === variant.variantDigest && run.suiteDigest === suite,
      ),
    )
  );
}
