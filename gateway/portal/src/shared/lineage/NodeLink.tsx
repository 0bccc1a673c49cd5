import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { kindOf, type LineageNode } from './lineage';
import { DigestText } from '@/shared/ui/DigestText';
import { StateLabel } from '@/shared/ui/StateLabel';

/** What a node is, with a link to its page. */
export function NodeLink({ node }: { node: LineageNode }): ReactNode {
  const { application, state } = node;
  const kind = kindOf(node);
  return (
    <>
      {kind.charAt(0).toUpperCase() + kind.slice(1)} <Page node={node} />
      {application != null && ` of ${application}`}
      {state != null && (
        <>
          {' '}
          <StateLabel state={state} />
        </>
      )}
    </>
  );
}

function Page({ node: { kind, nodeId, indexId, name, version, application } }: { node: LineageNode }): ReactNode {
  const app = application ?? '';
  const number = String(version ?? '');
  switch (kind) {
    case 'INDEX':
      return (
        <Link to="/indexes/$index" params={{ index: indexId ?? '' }}>
          {name}
        </Link>
      );
    case 'TRAINING_JOB':
      return (
        <Link to="/training/$job" params={{ job: nodeId }}>
          on {name}
        </Link>
      );
    case 'PROMPT_VERSION':
      return (
        <Link to="/prompts/$name/versions/$version" params={{ name, version: number }}>
          {name} v{number}
        </Link>
      );
    case 'MODEL_VERSION':
      return (
        <Link to="/models/$name/versions/$version" params={{ name, version: number }}>
          {name}@{number}
        </Link>
      );
    case 'VARIANT':
      return (
        <>
          <Link to="/apps/$app" params={{ app }} search={{ tab: 'variants' }}>
            {name}
          </Link>{' '}
          <DigestText value={nodeId} />
        </>
      );
    case 'RELEASE':
      return (
        <>
          in{' '}
          <Link to="/apps/$app" params={{ app }} search={{ tab: 'releases' }}>
            {name}
          </Link>
        </>
      );
    default:
      return version == null ? name : `${name} v${number}`;
  }
}
