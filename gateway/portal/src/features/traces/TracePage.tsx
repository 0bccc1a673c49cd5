import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { FeedbackPanel } from './FeedbackPanel';
import { LabelButtons } from './LabelButtons';
import { ReceiptPanel } from './receipt/ReceiptPanel';
import { StepsTable } from './StepsTable';
import { TraceContentPanel } from './TraceContentPanel';
import { failedBefore } from './fallback';
import { surenessOf } from './retrieval';
import { traceQuery, type TraceDetail } from '@/shared/data/traces';
import { DataPanel } from '@/shared/lineage/DataPanel';
import { count, duration, words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { Detail, Details } from '@/shared/ui/Details';
import { DigestText } from '@/shared/ui/DigestText';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';
import { Person } from '@/shared/ui/Person';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function TracePage(): ReactNode {
  const { trace: id } = useParams({ from: '/traces/$trace' });
  const query = useQuery(traceQuery(id));
  const trace = query.data?.trace;
  return (
    <>
      <PageHeader
        title={trace === undefined ? 'Trace' : `Trace ${trace.traceId}`}
        trail={[
          <Link key="traces" to="/traces">
            Traces
          </Link>,
        ]}
        labels={
          trace && (
            <>
              <StateLabel state={trace.status} />
              {surenessOf(query.data?.steps ?? [])?.abstained === true && <StateLabel state="ABSTAINED" />}
            </>
          )
        }
      />
      <PageSection isFilled>
        <Loaded query={query} what="the trace" rows={8}>
          {(detail) => (
            <div className="pl-stack">
              <Card>
                <CardTitle component="h2">Request</CardTitle>
                <CardBody>
                  <Request detail={detail} />
                </CardBody>
              </Card>
              <Card>
                <CardTitle component="h2">Steps</CardTitle>
                <CardBody>
                  <StepsTable steps={detail.steps} total={detail.trace.durationMillis} />
                </CardBody>
              </Card>
              {detail.trace.variantDigest != null && <DataPanel nodeId={detail.trace.variantDigest} />}
              {detail.trace.responseId != null && (
                <Card>
                  <CardTitle component="h2">Feedback</CardTitle>
                  <CardBody className="pl-stack">
                    <LabelButtons trace={detail.trace} />
                    <FeedbackPanel trace={detail.trace} />
                  </CardBody>
                </Card>
              )}
              <Card>
                <CardTitle component="h2">Receipt</CardTitle>
                <CardBody>
                  <ReceiptPanel trace={detail.trace} />
                </CardBody>
              </Card>
              <Card>
                <CardTitle component="h2">Contents</CardTitle>
                <CardBody>
                  <TraceContentPanel detail={detail} />
                </CardBody>
              </Card>
            </div>
          )}
        </Loaded>
      </PageSection>
    </>
  );
}

function Request({ detail: { trace, steps } }: { detail: TraceDetail }): ReactNode {
  const failed = failedBefore(steps);
  const sureness = surenessOf(steps);
  const { application, variantDigest, releaseId } = trace;
  return (
    <Details>
      <Detail term="Arrived">
        <Time at={trace.startedAt} />
      </Detail>
      <Detail term="Duration">
        {duration(trace.durationMillis)}
        {trace.firstTokenMillis != null && `, first token after ${duration(trace.firstTokenMillis)}`}
      </Detail>
      {trace.error != null && (
        <Detail term="Error">
          <code>{trace.error}</code>
        </Detail>
      )}
      {trace.providerMessage != null && <Detail term="Message of the provider">{trace.providerMessage}</Detail>}
      <Detail term="Caller">
        <Person actor={trace.caller} />
      </Detail>
      {trace.userHash != null && (
        <Detail term="User">
          <Link to="/traces" search={{ user: trace.userHash }} title="Requests for the same user">
            <code className="pl-anywhere">{trace.userHash}</code>
          </Link>{' '}
          <span className="pl-subtle">hashed</span>
        </Detail>
      )}
      {trace.sessionId != null && (
        <Detail term="Session">
          <Link to="/traces" search={{ session: trace.sessionId }} title="Requests of the same session">
            <span className="pl-anywhere">{trace.sessionId}</span>
          </Link>
        </Detail>
      )}
      {application != null && (
        <Detail term="Application">
          <ApplicationLink name={application} />
          {trace.environment != null && ` in ${trace.environment}`}
        </Detail>
      )}
      {application != null && variantDigest != null && (
        <Detail term="Variant">
          <DigestText value={variantDigest} />{' '}
          <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'variants', variant: variantDigest }}>
            variants
          </Link>
        </Detail>
      )}
      {application != null && releaseId != null && (
        <Detail term="Release">
          <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'releases' }}>
            releases
          </Link>{' '}
          <span className="pl-subtle">arm {trace.arm}</span>
        </Detail>
      )}
      <Detail term="Model">
        {trace.model}
        {failed.length > 0 && (
          <div className="pl-subtle">
            answered as a fallback, because{' '}
            {failed.map(({ model, error }) => `${model} failed (${error})`).join(' and ')}
          </div>
        )}
      </Detail>
      {sureness?.confidence !== undefined && (
        <Detail term="Confidence">
          {sureness.confidence.toFixed(3)}
          {sureness.abstained && '; the variant abstained'}
        </Detail>
      )}
      <Detail term="Tokens">
        {count(trace.inputTokens)} in
        {trace.cachedInputTokens > 0 && ` (${count(trace.cachedInputTokens)} cached)`}, {count(trace.outputTokens)} out
        {trace.reasoningTokens > 0 && ` (${count(trace.reasoningTokens)} for reasoning)`}
      </Detail>
      <Detail term="Cost">{trace.cost == null ? 'No price is known for the model' : money(trace.cost)}</Detail>
      <Detail term="Cache">{words(trace.cache.toUpperCase())}</Detail>
      {trace.finishReason != null && (
        <Detail term="Finish reason">
          <code>{trace.finishReason}</code>
        </Detail>
      )}
      {trace.responseId != null && (
        <Detail term="Response">
          <code className="pl-anywhere">{trace.responseId}</code>
        </Detail>
      )}
      <Detail term="In the same trace">
        <Link to="/traces" search={{ traceId: trace.traceId }}>
          all requests of this trace
        </Link>
      </Detail>
    </Details>
  );
}
