import { Flex } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useOpenForm } from '@/shared/data/applicationForm';
import { decisionsQuery, type Decided } from '@/shared/data/decisions';
import { verdictsQuery } from '@/shared/data/evaluations';
import { releasesQuery, type Release } from '@/shared/data/releases';
import { serves, variantsQuery } from '@/shared/data/variants';
import type { ReleaseAction } from './releases';
import { CallSnippet } from './CallSnippet';
import { FeedbackPanel } from './FeedbackPanel';
import { GuardPanel } from './GuardPanel';
import { ReleaseActionDialog } from './ReleaseActionDialog';
import { WithdrawalNotice } from './WithdrawalNotice';
import { isMe, may, useSession } from '@/shared/session/session';
import { count, inSentence, short } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { Decider } from '@/shared/people/Decider';
import { DigestText } from '@/shared/ui/DigestText';
import { Empty } from '@/shared/ui/Empty';
import { Loaded } from '@/shared/ui/Loaded';
import { Person } from '@/shared/ui/Person';
import { RoleButton } from '@/shared/ui/RoleButton';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';
import { RefreshButton } from '@/shared/variants/RefreshButton';

/** The actions by state. Operators act on active releases and canaries; requesters can withdraw their requests. */
const actions: Partial<Record<Release['state'], { action: ReleaseAction; text: string }[]>> = {
  REQUESTED: [{ action: 'withdraw', text: 'Withdraw' }],
  ACTIVE: [{ action: 'rollback', text: 'Roll back' }],
  CANARY: [
    { action: 'promote', text: 'Promote' },
    { action: 'halt', text: 'Halt' },
  ],
};

export function ReleasesPanel({ application }: { application: string }): ReactNode {
  const open = useOpenForm();
  const serving = (useQuery(variantsQuery(application)).data?.items ?? []).filter(serves);
  const request = (
    <RoleButton roles={['prompt-engineer', 'ml-engineer']} variant="secondary" onClick={() => open('release')}>
      Request a release
    </RoleButton>
  );
  return (
    <Loaded query={useQuery(releasesQuery(application))} what="releases">
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No releases yet" action={request}>
            A release lets a variant with a verdict answer calls, after another person has approved it.
          </Empty>
        ) : (
          <div className="pl-stack">
            <div>
              {request}{' '}
              {serving.map((variant) => (
                <RefreshButton key={variant.variantDigest} variant={variant} />
              ))}
            </div>
            {items.map((release) => (
              <WithdrawalNotice key={release.releaseId} release={release} />
            ))}
            <ReleaseTable application={application} releases={items} />
            <GuardPanel application={application} releases={items} />
            {items
              .filter(({ state }) => state === 'ACTIVE' || state === 'CANARY')
              .map((release) => (
                <FeedbackPanel key={release.releaseId} release={release} />
              ))}
            {items
              .filter(({ state }) => state === 'ACTIVE')
              .map(({ releaseId, environment }) => (
                <CallSnippet key={releaseId} application={application} environment={environment} />
              ))}
          </div>
        )
      }
    </Loaded>
  );
}

/** Returns a release's share of its environment's calls. The active release shares them with a canary. */
function trafficOf({ state, environment, percent }: Release, releases: Release[]): number {
  const trial = releases.find((other) => other.state === 'CANARY' && other.environment === environment);
  return state === 'ACTIVE' && trial !== undefined ? Math.min(percent, 100 - trial.percent) : percent;
}

function ReleaseTable({ application, releases }: { application: string; releases: Release[] }): ReactNode {
  const [chosen, choose] = useState<{ release: Release; action: ReleaseAction }>();
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const verdicts = useQuery({ ...verdictsQuery(application), enabled: chosen?.action === 'rollback' }).data?.items;
  const decisions = useQuery(decisionsQuery(application)).data ?? [];
  const decisionOn = ({ releaseId }: Release) =>
    decisions.find(({ requestId, decision }) => requestId === releaseId && decision === 'APPROVED');
  const session = useSession();
  const operates = may(session, 'sre');
  const actionsOn = ({ state, requester }: Release) =>
    (actions[state] ?? []).filter(({ action }) => (action === 'withdraw' ? isMe(session, requester) : operates));
  const mayAct = operates || releases.some((release) => actionsOn(release).length > 0);
  const nameOf = (digest: string) => variants.find(({ variantDigest }) => variantDigest === digest)?.name;
  /** Returns the variant that the environment served before, with its newest verdict. */
  const targetOf = ({ previousReleaseId }: Release) => {
    const digest = releases.find(({ releaseId }) => releaseId === previousReleaseId)?.variantDigest;
    if (digest === undefined) return undefined;
    const outcome = verdicts?.find(({ subjectDigest }) => subjectDigest === digest)?.outcome;
    return {
      variant: nameOf(digest) ?? short(digest),
      outcome: outcome && `its newest verdict is ${inSentence(outcome)}`,
    };
  };
  const labelOf = ({ variantDigest, releaseId, environment }: Release) =>
    `${nameOf(variantDigest) ?? releaseId} in ${environment}`;
  return (
    <>
      <DataTable
        aria-label="Releases"
        rows={releases}
        rowKey={(release) => release.releaseId}
        columns={[
          { header: 'State', cell: (release) => <StateLabel state={release.state} /> },
          { header: 'Environment', cell: (release) => release.environment },
          {
            header: 'Variant',
            cell: (release) => (
              <>
                {nameOf(release.variantDigest)} <DigestText value={release.variantDigest} />
              </>
            ),
          },
          { header: 'Requested by', cell: (release) => <Person actor={release.requester} /> },
          { header: 'Approved by', cell: (release) => <Approver decision={decisionOn(release)} /> },
          { header: 'Traffic', kind: 'number', cell: (release) => <>{trafficOf(release, releases)} %</> },
          { header: 'Changed', cell: (release) => <Time at={release.changedAt} /> },
          {
            header: 'Reason',
            cell: (release) => (
              <>
                {release.state === 'REQUESTED' ? (
                  <Link to="/approvals">waiting for approval</Link>
                ) : (
                  (release.reason ?? '')
                )}
                {release.override != null && <div className="pl-subtle">Override: {release.override}</div>}
              </>
            ),
          },
          mayAct && {
            header: 'Actions',
            kind: 'action',
            cell: (release) => (
              <Flex gap={{ default: 'gapSm' }} flexWrap={{ default: 'nowrap' }}>
                {actionsOn(release).map(({ action, text }) => (
                  <RoleButton
                    roles={action === 'withdraw' ? ['prompt-engineer', 'ml-engineer'] : ['sre']}
                    reason={
                      action === 'rollback' && release.previousReleaseId == null
                        ? 'There is no previous release: release another variant instead.'
                        : undefined
                    }
                    key={action}
                    size="sm"
                    variant={action === 'promote' || action === 'withdraw' ? 'secondary' : 'danger'}
                    aria-label={`${text} ${labelOf(release)}`}
                    onClick={() => choose({ release, action })}
                  >
                    {text}
                  </RoleButton>
                ))}
              </Flex>
            ),
          },
        ]}
      />
      {chosen && (
        <ReleaseActionDialog
          application={application}
          release={chosen.release}
          action={chosen.action}
          variant={nameOf(chosen.release.variantDigest)}
          target={chosen.action === 'rollback' ? targetOf(chosen.release) : undefined}
          onClose={() => choose(undefined)}
        />
      )}
    </>
  );
}

/** The person or policy that approved a release, with a link to the entry of the ledger. */
function Approver({ decision }: { decision: Decided | undefined }): ReactNode {
  if (decision === undefined) return '—';
  return (
    <>
      <Decider actor={decision.decidedBy} policies={decision.policies} />{' '}
      <Link to="/audit" search={{ entry: String(decision.index) }}>
        entry {count(decision.index)}
      </Link>
    </>
  );
}
