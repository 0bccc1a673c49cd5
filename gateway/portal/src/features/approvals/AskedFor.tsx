import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { askedOf, type Asked } from './asked';
import { ReleaseAskedFor } from './ReleaseAskedFor';
import { versionQuery } from './evidence';
import { words } from '@/shared/text/format';
import { Fact, Facts } from '@/shared/ui/Facts';

/** What a request is about, in words that lead to it. */
export function AskedFor({ approval }: { approval: Approval }): ReactNode {
  const asked = askedOf(approval);
  switch (asked.kind) {
    case 'release':
      return <ReleaseAskedFor asked={asked} />;
    case 'label':
      return <LabelMove asked={asked} />;
    case 'alias':
      return <AliasMove asked={asked} />;
    case 'waiver':
      return <Waiver asked={asked} />;
    case 'other':
      return (
        <Facts>
          <Fact term="Object">{approval.object}</Fact>
          {asked.fields.map(([name, value]) => (
            <Fact key={name} term={name}>
              {value}
            </Fact>
          ))}
        </Facts>
      );
  }
}

function LabelMove({ asked: { prompt, label, from, to } }: { asked: Extract<Asked, { kind: 'label' }> }): ReactNode {
  const version = useQuery(versionQuery(prompt, to)).data;
  const params = (version: number) => ({ name: prompt, version: String(version) });
  return (
    <Facts>
      <Fact term="Prompt">
        <Link to="/prompts/$name" params={{ name: prompt }}>
          {prompt}
        </Link>
      </Fact>
      <Fact term="Label">{label}</Fact>
      <Fact term="Moves to">
        <Link to="/prompts/$name/versions/$version" params={params(to)}>
          v{to}
        </Link>
        {version && ` “${version.message}”`}
      </Fact>
      <Fact term="Points now at">
        {from === undefined ? (
          'nothing yet'
        ) : (
          <>
            <Link to="/prompts/$name/versions/$version" params={params(from)}>
              v{from}
            </Link>
            {' · '}
            <Link to="/prompts/$name/compare" params={{ name: prompt }} search={{ from: String(from), to: String(to) }}>
              compare v{from} with v{to}
            </Link>
          </>
        )}
      </Fact>
    </Facts>
  );
}

function AliasMove({ asked: { model, alias, from, to } }: { asked: Extract<Asked, { kind: 'alias' }> }): ReactNode {
  const version = (number: number) => (
    <Link to="/models/$name/versions/$version" params={{ name: model, version: String(number) }}>
      v{number}
    </Link>
  );
  return (
    <Facts>
      <Fact term="Model">
        <Link to="/models/$name" params={{ name: model }}>
          {model}
        </Link>
      </Fact>
      <Fact term="Alias">{alias}</Fact>
      <Fact term="Moves to">{version(to)}</Fact>
      <Fact term="Points now at">{from === undefined ? 'nothing yet' : version(from)}</Fact>
    </Facts>
  );
}

function Waiver({ asked: { application, phase, reason } }: { asked: Extract<Asked, { kind: 'waiver' }> }): ReactNode {
  return (
    <Facts>
      <Fact term="Application">
        <Link to="/apps/$app" params={{ app: application }}>
          {application}
        </Link>
      </Fact>
      <Fact term="Goes on without evidence">
        <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'phases' }}>
          {words(phase)} phase
        </Link>
      </Fact>
      <Fact term="Reason">{reason}</Fact>
    </Facts>
  );
}
