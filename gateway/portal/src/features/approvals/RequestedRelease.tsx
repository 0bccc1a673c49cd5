import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isCanary, type ReleaseChange } from './requestedChange';
import { verdictQuery } from './evidence';
import { promptVersionByDigestQuery } from '@/shared/data/promptVersions';
import { variantQuery, type Variant } from '@/shared/data/variants';
import { count } from '@/shared/text/format';
import { withMetricNames } from '@/shared/text/metrics';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { DigestText } from '@/shared/ui/DigestText';
import { Detail, Details } from '@/shared/ui/Details';
import { StateLabel } from '@/shared/ui/StateLabel';

/** The variant to release, the one it replaces, and the evidence. If a service is down, ids stand for names. */
export function RequestedRelease({ change }: { change: ReleaseChange }): ReactNode {
  const { application, environment, variantDigest, previousVariantDigest, verdictId, override, canaryPercent } = change;
  const { refresh, canaryAnswers } = change;
  const variant = useQuery(variantQuery(variantDigest)).data;
  return (
    <Details>
      <Detail term="Application">
        <ApplicationLink name={application} />
      </Detail>
      <Detail term="Environment">
        <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'releases' }}>
          {environment}
        </Link>
        {isCanary(change) ? `, first as a canary with ${canaryPercent}% of the calls` : ', for all calls at once'}
        {isCanary(change) && canaryAnswers !== undefined && `, promoted after ${count(canaryAnswers)} compared answers`}
      </Detail>
      <Detail term="Variant">
        <VariantName application={application} digest={variantDigest} />
        {variant && <Composition variant={variant} />}
      </Detail>
      <Detail term="Instead of">
        {previousVariantDigest === undefined ? (
          'nothing: this is the first release there'
        ) : (
          <VariantName application={application} digest={previousVariantDigest} />
        )}
      </Detail>
      {refresh && (
        <Detail term="Only the documents change">
          <Link to="/datasets/$name" params={{ name: refresh.dataset }}>
            {refresh.dataset}
          </Link>
          {` version ${refresh.formerVersion} to version ${refresh.version}`}
        </Detail>
      )}
      <Detail term="Verdict">
        <Judgement id={verdictId} />
      </Detail>
      {override !== undefined && <Detail term="Reason for the override">{override}</Detail>}
    </Details>
  );
}

function VariantName({ application, digest }: { application: string; digest: string }): ReactNode {
  const variant = useQuery(variantQuery(digest)).data;
  if (variant === undefined) return <DigestText value={digest} />;
  return (
    <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'variants' }} title={digest}>
      {variant.name}
    </Link>
  );
}

function Composition({ variant: { model, promptDigest, indexDigest } }: { variant: Variant }): ReactNode {
  const version = useQuery(promptVersionByDigestQuery(promptDigest)).data;
  return (
    <>
      {' with prompt '}
      {version ? (
        <Link to="/prompts/$name/versions/$version" params={{ name: version.prompt, version: String(version.version) }}>
          {version.prompt} v{version.version}
        </Link>
      ) : (
        <DigestText value={promptDigest} />
      )}
      {` on ${model}`}
      {indexDigest != null && ', with retrieval'}
    </>
  );
}

function Judgement({ id }: { id: string }): ReactNode {
  const verdict = useQuery(verdictQuery(id)).data;
  if (verdict === undefined) return <code>{id}</code>;
  return (
    <>
      <StateLabel state={verdict.outcome} />{' '}
      {verdict.runId != null && (
        <Link to="/runs/$run" params={{ run: verdict.runId }}>
          its run
        </Link>
      )}
      {verdict.reasons.map((reason) => (
        <div key={reason}>{withMetricNames(reason)}</div>
      ))}
    </>
  );
}
