import {
  Alert, Button, Card, CardBody, CardTitle, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Flex,
  PageSection, Tooltip,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { approvalQuery, decide, titleOf, type Approval, type Decision } from './approvals';
import { whyNot } from './eligibility';
import { useSession } from '@/shared/session/session';
import { words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { forgetReason, ReasonDialog } from '@/shared/ui/ReasonDialog';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function ApprovalPage(): ReactNode {
  const { id } = useParams({ from: '/approvals/$id' });
  const query = useQuery(approvalQuery(id));
  return (
    <>
      <PageHeader
        title={query.data ? titleOf(query.data) : 'Approval'}
        trail={[<Link key="approvals" to="/approvals">Approvals</Link>]}
        labels={query.data && <StateLabel state={query.data.state} />}
      />
      <PageSection isFilled>
        <Loaded query={query} what="the request">
          {(approval) => (
            <div className="pl-stack">
              <Facts approval={approval} />
              <Deciding approval={approval} />
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

function Facts({ approval }: { approval: Approval }): ReactNode {
  const { requester, requestedAt, expiresAt, authors, subjectDigest, request, state, decidedBy, decidedAt, reason } = approval;
  const facts: [string, ReactNode][] = [
    ['Asked by', <Person key="by" actor={requester} />],
    ['Asked', <Time key="at" at={requestedAt} />],
    ['Written by', authors.length === 0 ? '—' : authors.map((author, index) => <span key={author}>{index > 0 && ', '}<Person actor={author} /></span>)],
    ['Bound to', <DigestText key="digest" value={subjectDigest} whole />],
    ...Object.entries(request).filter(isTold).map(([name, value]): [string, ReactNode] => [words(name.replace(/([A-Z])/g, ' $1')), String(value)]),
  ];
  if (state === 'PENDING') facts.push(['Expires', <Time key="expires" at={expiresAt} />]);
  else {
    facts.push(['Decided by', <Person key="decider" actor={decidedBy} />], ['Decided', <Time key="decided" at={decidedAt} />]);
    facts.push(['Reason of the decision', reason ?? '—']);
  }
  return (
    <Card>
      <CardTitle component="h2">Request</CardTitle>
      <CardBody>
        <DescriptionList isHorizontal isCompact>
          {facts.map(([term, description]) => (
            <DescriptionListGroup key={term}>
              <DescriptionListTerm>{term}</DescriptionListTerm>
              <DescriptionListDescription>{description}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

/** What of the event is not already said above. */
function isTold([name, value]: [string, unknown]): boolean {
  return value != null && typeof value !== 'object' && !['requester', 'author', 'digest'].includes(name);
}

function Deciding({ approval }: { approval: Approval }): ReactNode {
  const session = useSession();
  const queries = useQueryClient();
  const [choice, choose] = useState<Decision['decision']>();
  const draftKey = `approval.${approval.id}`;
  const deciding = useMutation({
    mutationFn: (decision: Decision) => decide(approval.id, decision),
    onSuccess: async () => {
      forgetReason(draftKey);
      choose(undefined);
      await queries.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
  if (approval.state !== 'PENDING') return null;
  const refusal = whyNot(session, approval);
  const approve = (
    <Button variant="primary" isAriaDisabled={refusal !== undefined} onClick={() => choose('APPROVED')} aria-describedby={refusal && 'why-not'}>
      Approve
    </Button>
  );
  return (
    <Card>
      <CardTitle component="h2">Decision</CardTitle>
      <CardBody className="pl-stack">
        {refusal && (
          <Alert isInline isPlain variant="info" component="h3" title={refusal} id="why-not" />
        )}
        <Flex gap={{ default: 'gapMd' }}>
          {refusal ? <Tooltip content={refusal}>{approve}</Tooltip> : approve}
          <Button variant="secondary" isDanger isAriaDisabled={refusal !== undefined} onClick={() => choose('REJECTED')} aria-describedby={refusal && 'why-not'}>
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
              {titleOf(approval)}. The decision holds for exactly <DigestText value={approval.subjectDigest} />.
            </p>
          </ReasonDialog>
        )}
      </CardBody>
    </Card>
  );
}
