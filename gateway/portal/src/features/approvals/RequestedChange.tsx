import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Approval } from './approvals';
import { changeOf, type Change } from './requestedChange';
import { RequestedRelease } from './RequestedRelease';
import { criteriaQuery } from '@/shared/data/applications';
import { promptVersionQuery } from '@/shared/data/promptVersions';
import { words } from '@/shared/text/format';
import { money } from '@/shared/text/money';
import { ApplicationLink } from '@/shared/ui/ApplicationLink';
import { CriteriaChanges } from '@/shared/ui/CriteriaChanges';
import { Detail, Details } from '@/shared/ui/Details';

/** Describes the subject of a request, with links to it. */
export function RequestedChange({ approval }: { approval: Approval }): ReactNode {
  const change = changeOf(approval);
  switch (change.kind) {
    case 'release':
      return <RequestedRelease change={change} />;
    case 'label':
      return <LabelMove change={change} />;
    case 'alias':
      return <AliasMove change={change} />;
    case 'waiver':
      return <Waiver change={change} />;
    case 'criteria':
      return <LooserCriteria change={change} />;
    case 'prices':
      return <Prices change={change} />;
    case 'other':
      return (
        <Details>
          <Detail term="Object">{approval.object}</Detail>
          {change.fields.map(([name, value]) => (
            <Detail key={name} term={name}>
              {value}
            </Detail>
          ))}
        </Details>
      );
  }
}

function LabelMove({ change: { prompt, label, from, to } }: { change: Extract<Change, { kind: 'label' }> }): ReactNode {
  const version = useQuery(promptVersionQuery(prompt, to)).data;
  const params = (version: number) => ({ name: prompt, version: String(version) });
  return (
    <Details>
      <Detail term="Prompt">
        <Link to="/prompts/$name" params={{ name: prompt }}>
          {prompt}
        </Link>
      </Detail>
      <Detail term="Label">{label}</Detail>
      <Detail term="Moves to">
        <Link to="/prompts/$name/versions/$version" params={params(to)}>
          v{to}
        </Link>
        {version && ` “${version.message}”`}
      </Detail>
      <Detail term="Currently at">
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
      </Detail>
    </Details>
  );
}

function AliasMove({ change: { model, alias, from, to } }: { change: Extract<Change, { kind: 'alias' }> }): ReactNode {
  const version = (number: number) => (
    <Link to="/models/$name/versions/$version" params={{ name: model, version: String(number) }}>
      v{number}
    </Link>
  );
  return (
    <Details>
      <Detail term="Model">
        <Link to="/models/$name" params={{ name: model }}>
          {model}
        </Link>
      </Detail>
      <Detail term="Alias">{alias}</Detail>
      <Detail term="Moves to">{version(to)}</Detail>
      <Detail term="Currently at">{from === undefined ? 'nothing yet' : version(from)}</Detail>
    </Details>
  );
}

function Waiver({
  change: { application, phase, reason },
}: {
  change: Extract<Change, { kind: 'waiver' }>;
}): ReactNode {
  return (
    <Details>
      <Detail term="Application">
        <ApplicationLink name={application} />
      </Detail>
      <Detail term="Opens without evidence">
        <Link to="/apps/$app" params={{ app: application }} search={{ tab: 'phases' }}>
          {words(phase)} phase
        </Link>
      </Detail>
      <Detail term="Reason">{reason}</Detail>
    </Details>
  );
}

/** The proposed prices, each with the one in force. */
function Prices({ change: { model, prices, reason } }: { change: Extract<Change, { kind: 'prices' }> }): ReactNode {
  return (
    <Details>
      <Detail term="Model">{model}</Detail>
      {prices.map(({ name, former, proposed }) => (
        <Detail key={name} term={`${name}, 1M tokens`}>
          {proposed === undefined ? 'as other input' : money(proposed)}, now{' '}
          {former === undefined ? 'no price' : money(former)}
        </Detail>
      ))}
      <Detail term="Reason">{reason}</Detail>
      <Detail term="Effect">
        Calls cost this once you approve. Variants that passed a criterion on cost are judged again by the new prices.
      </Detail>
    </Details>
  );
}

/** The criteria that would be loosened, in the sentences of strategy, and everything else that changes. */
function LooserCriteria({
  change: { application, version, proposed, loosens, reason },
}: {
  change: Extract<Change, { kind: 'criteria' }>;
}): ReactNode {
  const former = useQuery(criteriaQuery(application)).data?.items.find(
    (one) => one.version < version && one.purpose === proposed.purpose,
  );
  return (
    <Details>
      <Detail term="Application">
        <ApplicationLink name={application} />
      </Detail>
      <Detail term={proposed.purpose === 'REFRESH' ? 'Allows' : 'Asks less'}>
        <ul className="pl-plain">
          {loosens.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Detail>
      {former && (
        <Detail term={`From version ${former.version}`}>
          <CriteriaChanges from={former} to={proposed} />
        </Detail>
      )}
      <Detail term="Reason">{reason}</Detail>
    </Details>
  );
}
