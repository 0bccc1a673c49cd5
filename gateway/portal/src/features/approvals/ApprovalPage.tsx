import { Alert, Button, Card, CardBody, CardTitle, Flex, PageSection, Tooltip } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { approvalQuery, decide, type Approval, type Decision } from './approvals';
import { titleOf } from './requestedChange';
import { RequestedChange } from './RequestedChange';
import { LedgerLinks } from './LedgerLinks';
import { Stake } from './Stake';
import { isAuthorOfRelease, whyNot } from './eligibility';
import { activePolicies } from '@/shared/data/activePolicies';
import { useSession } from '@/shared/session/session';
import { Decider } from '@/shared/people/Decider';
import { DigestText } from '@/shared/ui/DigestText';
import { Detail, Details } from '@/shared/ui/Details';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { ReasonDialog } from '@/shared/form/ReasonDialog';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function ApprovalPage(): ReactNode {
  const { id } = useParams({ from: '/approvals/$id' });
  const query = useQuery(approvalQuery(id));
  return (
    <>
      <PageHeader
        title={query.data ? titleOf(query.data) : 'Approval'}
        trail={[
          <Link key="approvals" to="/approvals">
            Approvals
          </Link>,
        ]}
        labels={query.data && <StateLabel state={query.data.state} />}
      />
      <PageSection isFilled>
        <Loaded query={query} what="the request">
          {(approval) => (
            <div className="pl-stack">
              <Card>
                <CardTitle component="h2">Requested change</CardTitle>
                <CardBody>
                  <RequestedChange approval={approval} />
                </CardBody>
              </Card>
              <Stake approval={approval} />
              <Card>
                <CardTitle component="h2">Request</CardTitle>
                <CardBody>
                  <Circumstances approval={approval} />
                </CardBody>
              </Card>
              <Deciding approval={approval} />
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

function Circumstances({ approval }: { approval: Approval }): ReactNode {
  const { requester, requestedAt, expiresAt, authors, subjectDigest, state, decidedBy, decidedAt, reason } = approval;
  const { policies, policyRefusals, approvedByAuthors } = approval;
  return (
    <Details>
      <Detail term="Requested by">
        <Person actor={requester} />
      </Detail>
      <Detail term="Requested">
        <Time at={requestedAt} />
      </Detail>
      <Detail term="Authors">
        <People actors={authors} />
      </Detail>
      <Detail term="Digest of the content">
        <DigestText value={subjectDigest} isFull />
      </Detail>
      <Detail term="Ledger">
        <LedgerLinks approval={approval} />
      </Detail>
      {approvedByAuthors.length > 0 && (
        <Detail term="Approved by authors">
          <People actors={approvedByAuthors} />
        </Detail>
      )}
      {policyRefusals.length > 0 && (
        <Detail term="Needs a person because">
          <ul className="pl-plain">
            {policyRefusals.map((refusal) => (
              <li key={refusal}>{refusal}</li>
            ))}
          </ul>
        </Detail>
      )}
      {state === 'PENDING' ? (
        <Detail term="Expires">
          <Time at={expiresAt} />
        </Detail>
      ) : (
        <>
          <Detail term="Decided by">
            <Decider actor={decidedBy} policies={policies} />
          </Detail>
          <Detail term="Decided">
            <Time at={decidedAt} />
          </Detail>
          <Detail term="Reason of the decision">{reason ?? '—'}</Detail>
        </>
      )}
    </Details>
  );
}

function People({ actors }: { actors: string[] }): ReactNode {
  if (actors.length === 0) return '—';
  return actors.map((actor, index) => (
    <span key={actor}>
      {index > 0 && ', '}
      <Person actor={actor} />
    </span>
  ));
}

const TOGETHER =
  'You wrote part of this release. If nobody else can approve it, you may approve it together with an author of ' +
  'another part.';

function Deciding({ approval }: { approval: Approval }): ReactNode {
  const session = useSession();
  const queries = useQueryClient();
  const [choice, choose] = useState<Decision['decision']>();
  const isAuthor = isAuthorOfRelease(session, approval);
  const policies = useQuery({ ...activePolicies('author-approval'), enabled: isAuthor }).data;
  if (approval.state !== 'PENDING') return null;
  const whyNotReject = whyNot(session, approval);
  // The policies may be known from another approval's page.
  const isWithAuthors = isAuthor && policies !== undefined && policies.length > 0;
  const refusal = isWithAuthors ? TOGETHER : whyNotReject;
  const approve = (
    <Button
      variant="primary"
      isAriaDisabled={whyNotReject !== undefined && !isWithAuthors}
      onClick={() => choose('APPROVED')}
      aria-describedby={refusal && 'why-not'}
    >
      Approve
    </Button>
  );
  return (
    <Card>
      <CardTitle component="h2">Decision</CardTitle>
      <CardBody className="pl-stack">
        {refusal && <Alert isInline isPlain variant="info" component="h3" title={refusal} id="why-not" />}
        <Flex gap={{ default: 'gapMd' }}>
          {refusal ? <Tooltip content={refusal}>{approve}</Tooltip> : approve}
          <Button
            variant="secondary"
            isDanger
            isAriaDisabled={whyNotReject !== undefined}
            onClick={() => choose('REJECTED')}
            aria-describedby={refusal && 'why-not'}
          >
            Reject
          </Button>
        </Flex>
        {choice && (
          <ReasonDialog
            title={choice === 'APPROVED' ? 'Approve the request' : 'Reject the request'}
            action={choice === 'APPROVED' ? 'Approve' : 'Reject'}
            danger={choice === 'REJECTED'}
            draft={`approval.${approval.approvalId}`}
            send={(reason) =>
              decide(approval.approvalId, { decision: choice, reason, subjectDigest: approval.subjectDigest })
            }
            onSent={async () => {
              choose(undefined);
              await queries.invalidateQueries({ queryKey: ['approvals'] });
            }}
            onClose={() => choose(undefined)}
          >
            <p>
              {titleOf(approval)}. The decision is bound to <DigestText value={approval.subjectDigest} />
            </p>
          </ReasonDialog>
        )}
      </CardBody>
    </Card>
  );
}
