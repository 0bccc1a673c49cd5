import { Alert, Button, Card, CardBody, CardTitle, Flex, PageSection, Tooltip } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { approvalQuery, decide, type Approval, type Decision } from './approvals';
import { titleOf } from './asked';
import { AskedFor } from './AskedFor';
import { whyNot } from './eligibility';
import { forgetDraft } from '@/shared/session/draft';
import { useSession } from '@/shared/session/session';
import { DigestText } from '@/shared/ui/DigestText';
import { Fact, Facts } from '@/shared/ui/Facts';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { ReasonDialog } from '@/shared/ui/ReasonDialog';
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
                <CardTitle component="h2">What is asked for</CardTitle>
                <CardBody>
                  <AskedFor approval={approval} />
                </CardBody>
              </Card>
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
  return (
    <Facts>
      <Fact term="Asked by">
        <Person actor={requester} />
      </Fact>
      <Fact term="Asked">
        <Time at={requestedAt} />
      </Fact>
      <Fact term="Written by">
        {authors.length === 0
          ? '—'
          : authors.map((author, index) => (
              <span key={author}>
                {index > 0 && ', '}
                <Person actor={author} />
              </span>
            ))}
      </Fact>
      <Fact term="Bound to">
        <DigestText value={subjectDigest} whole />
      </Fact>
      {state === 'PENDING' ? (
        <Fact term="Expires">
          <Time at={expiresAt} />
        </Fact>
      ) : (
        <>
          <Fact term="Decided by">
            <Person actor={decidedBy} />
          </Fact>
          <Fact term="Decided">
            <Time at={decidedAt} />
          </Fact>
          <Fact term="Reason of the decision">{reason ?? '—'}</Fact>
        </>
      )}
    </Facts>
  );
}

function Deciding({ approval }: { approval: Approval }): ReactNode {
  const session = useSession();
  const queries = useQueryClient();
  const [choice, choose] = useState<Decision['decision']>();
  const draftKey = `approval.${approval.id}`;
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decide(approval.id, decision),
    onSuccess: async () => {
      forgetDraft(draftKey);
      choose(undefined);
      await queries.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
  if (approval.state !== 'PENDING') return null;
  const refusal = whyNot(session, approval);
  const approve = (
    <Button
      variant="primary"
      isAriaDisabled={refusal !== undefined}
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
            isAriaDisabled={refusal !== undefined}
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
            draftKey={draftKey}
            pending={deciding.isPending}
            error={deciding.error}
            onConfirm={(reason) => deciding.mutate({ decision: choice, reason, subjectDigest: approval.subjectDigest })}
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
