import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isTrial, type Asked } from './asked';
import { promptVersionQuery, variantQuery, verdictQuery, type Variant } from './evidence';
import { withMetricNames } from '@/shared/text/metrics';
import { DigestText } from '@/shared/ui/DigestText';
import { Fact, Facts } from '@/shared/ui/Facts';
import { StateLabel } from '@/shared/ui/StateLabel';

/** What would serve, in place of what, and what it rests on; a service that is down leaves ids instead of names. */
export function ReleaseAskedFor({ asked }: { asked: Extract<Asked, { kind: 'release' }> }): ReactNode {
  const { application, environment, variantDigest, previousVariantDigest, verdictId, override, canaryPercent } = asked;
  const variant = useQuery(variantQuery(variantDigest)).data;
  return (
    <Facts>
      <Fact term="Application">
        <Link to="/apps/$app" params={{ app: application }}>
          {application}
        </Link>
      </Fact>
      <Fact term="Environment">
        <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'releases' }}>
          {environment}
        </Link>
        {isTrial(asked) ? `, at first for ${canaryPercent}% of its calls` : ', for all of its calls at once'}
      </Fact>
      <Fact term="Variant">
        <VariantName application={application} digest={variantDigest} />
        {variant && <Composition variant={variant} />}
      </Fact>
      <Fact term="Instead of">
        {previousVariantDigest === undefined ? (
          'nothing: the first release there'
        ) : (
          <VariantName application={application} digest={previousVariantDigest} />
        )}
      </Fact>
      <Fact term="Verdict">
        <Judgement id={verdictId} />
      </Fact>
      {override !== undefined && <Fact term="Against the verdict because">{override}</Fact>}
    </Facts>
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
  const version = useQuery(promptVersionQuery(promptDigest)).data;
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
      {indexDigest != null && ', with retrieved examples'}
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
          run it rests on
        </Link>
      )}
      {verdict.reasons.map((reason) => (
        <div key={reason}>{withMetricNames(reason)}</div>
      ))}
    </>
  );
}
