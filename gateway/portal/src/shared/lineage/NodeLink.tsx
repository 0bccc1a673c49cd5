import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { subsetsOf, type LineageNode } from './lineage';
import { words } from '@/shared/text/format';
import { DigestText } from '@/shared/ui/DigestText';
import { StateLabel } from '@/shared/ui/StateLabel';

/** A node of the lineage with a link to its page, and the subsets that it was made from directly. */
export function NodeLink({ node }: { node: LineageNode }): ReactNode {
  const { application, state } = node;
  const subsets = subsetsOf(node);
  return (
    <>
      {words(node.kind)} <Page node={node} />
      {application != null && ` of ${application}`}
      {state != null && (
        <>
          {' '}
          <StateLabel state={state} />
        </>
      )}
      {subsets.length > 0 && <span className="pl-subtle"> of the subset {subsets.join(', ')}</span>}
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
