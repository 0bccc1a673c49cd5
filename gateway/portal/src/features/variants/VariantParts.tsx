import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { indexChoices } from '@/shared/data/indexes';
import type { Variant } from '@/shared/data/variants';
import { promptVersionByDigestQuery } from '@/shared/data/promptVersions';
import { abstentionWords } from './abstention';
import { policyWords } from './callerPolicy';
import { overflowWords } from './overflow';
import { parameterWords } from './parameters';
import { short } from '@/shared/text/format';

/** The parts of a variant, by name where the names are known. */
export function VariantParts({
  variant: {
    promptDigest,
    model,
    connectionDigest,
    indexDigest,
    parameters,
    abstention,
    callerPolicy,
    overflow,
    fallback,
    serving,
  },
}: {
  variant: Variant;
}): ReactNode {
  const prompt = useQuery(promptVersionByDigestQuery(promptDigest)).data;
  const index = useQuery({ ...indexChoices, enabled: indexDigest != null }).data?.items.find(
    (one) => one.indexDigest === indexDigest,
  );
  const set = parameterWords(parameters);
  const abstains = abstentionWords(abstention);
  const allowed = policyWords(callerPolicy.allowed);
  const tooLong = overflowWords(overflow);
  return (
    <>
      {prompt ? (
        <Link to="/prompts/$name/versions/$version" params={{ name: prompt.prompt, version: String(prompt.version) }}>
          {prompt.prompt} v{prompt.version}
        </Link>
      ) : (
        <code>{short(promptDigest)}</code>
      )}{' '}
      on {model}
      {connectionDigest != null && (
        <>
          {' over connection '}
          <code title={connectionDigest}>{short(connectionDigest)}</code>
        </>
      )}
      {indexDigest != null && (
        <>
          {', index '}
          {index === undefined ? (
            short(indexDigest)
          ) : (
            <Link to="/indexes/$index" params={{ index: index.indexId }}>
              {index.name}
            </Link>
          )}
        </>
      )}
      {fallback.length > 0 && (
        <div className="pl-subtle">fallback: {fallback.map(({ model }) => model).join(', then ')}</div>
      )}
      {serving.length > 0 && (
        <div className="pl-subtle">serves in {serving.map(({ environment }) => environment).join(', ')}</div>
      )}
      {set !== '' && <div className="pl-subtle">{set}</div>}
      {abstains !== '' && <div className="pl-subtle pl-anywhere">{abstains}</div>}
      {allowed !== '' && <div className="pl-subtle">{allowed}</div>}
      {tooLong !== '' && <div className="pl-subtle">{tooLong}</div>}
    </>
  );
}
