import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditEntry } from './ledger';

/** What an entry is about, by the name that people use, leading to its page where the portal has one; the object as it was recorded on hover. */
export function ObjectLink({ entry }: { entry: AuditEntry }): ReactNode {
  const subject = subjectOf(entry);
  return <span title={entry.object}>{subject ?? entry.object}</span>;
}

function subjectOf({ type, payload }: AuditEntry): ReactNode {
  const told = new Told(payload);
  const application = told.text('application');
  switch (type.split('.')[0]) {
    case 'prompt':
      return prompt(told, type);
    case 'dataset':
      return dataset(told);
    case 'model':
      return model(told);
    case 'base-model':
      return (
        <Link to="/models" search={{ tab: 'base' }}>
          {told.text('model')}
        </Link>
      );
    case 'index':
      return <Link to="/indexes">{told.text('index') ?? 'index'}</Link>;
    case 'provider':
      return <Link to="/settings/providers">{told.text('provider')}</Link>;
    case 'policy':
      return policy(told);
    case 'risk':
      return by(told.text('risk'), (name) => (
        <Link to="/risks/$name" params={{ name }}>
          {name}
        </Link>
      ));
    case 'audit':
      return (
        <Link to="/audit" search={told.texts('filter')}>
          what was exported
        </Link>
      );
    case 'approval':
      return by(told.text('approvalId'), (id) => (
        <Link to="/approvals/$id" params={{ id }}>
          {requestName(told.text('requestType'))}
        </Link>
      ));
    case 'run':
      return by(told.text('runId'), (run) => (
        <Link to="/runs/$run" params={{ run }}>
          run of {application}
        </Link>
      ));
    case 'job':
      return by(told.text('jobId'), (job) => (
        <Link to="/training/$job" params={{ job }}>
          training of {application}
        </Link>
      ));
    case 'sweep':
      return by(told.text('sweepId'), (sweep) => (
        <Link to="/sweeps/$sweep" params={{ sweep }}>
          sweep of {application}
        </Link>
      ));
    case 'action':
      return refused(told.text('subject') ?? '');
    default:
      return by(application, (app) => (
        <Link to="/apps/$app" params={{ app }} search={{ tab: tabs[type.split('.')[0] ?? ''] }}>
          {aspect(told, type, app)}
        </Link>
      ));
  }
}

const tabs: Record<string, string> = {
  variant: 'variants',
  release: 'releases',
  waiver: 'waivers',
  baseline: 'evaluations',
  comparison: 'evaluations',
  verdict: 'evaluations',
  arm: 'releases',
};

/** An application, with the part of it that the entry tells of. */
function aspect(told: Told, type: string, app: string): string {
  const part =
    told.text('environment') ??
    (type === 'variant.created' ? told.text('name') : told.text('phase')?.toLowerCase().replaceAll('_', ' '));
  return part === undefined ? app : `${app} · ${part}`;
}

function prompt(told: Told, type: string): ReactNode {
  const name = told.text('prompt');
  const version = told.number('version');
  if (name === undefined) return undefined;
  if (version === undefined) {
    const label = told.text('label');
    return (
      <Link to="/prompts/$name" params={{ name }} search={type.includes('label') ? { tab: 'labels' } : {}}>
        {label === undefined ? name : `${name} · ${label}`}
      </Link>
    );
  }
  return (
    <Link to="/prompts/$name/versions/$version" params={{ name, version }}>
      {name} v{version}
    </Link>
  );
}

function dataset(told: Told): ReactNode {
  const name = told.text('dataset');
  const version = told.number('version');
  if (name === undefined) return undefined;
  if (version === undefined)
    return (
      <Link to="/datasets/$name" params={{ name }}>
        {name}
      </Link>
    );
  return (
    <Link to="/datasets/$name/versions/$version" params={{ name, version }}>
      {name} v{version}
    </Link>
  );
}

function model(told: Told): ReactNode {
  const name = told.text('model');
  const version = told.number('version');
  if (name === undefined) return undefined;
  if (version === undefined)
    return (
      <Link to="/models/$name" params={{ name }}>
        {[name, told.text('alias')].filter(Boolean).join(' · ')}
      </Link>
    );
  return (
    <Link to="/models/$name/versions/$version" params={{ name, version }}>
      {name} v{version}
    </Link>
  );
}

function policy(told: Told): ReactNode {
  const name = told.text('policy');
  const version = told.number('version');
  return (
    name && (
      <Link to="/policies/$name" params={{ name }} search={{ version }}>
        {[name, version && `v${version}`].filter(Boolean).join(' ')}
      </Link>
    )
  );
}

/** A refusal names the address that was called. */
function refused(path: string): ReactNode {
  const [, kind, name] = /^\/api\/([^/]+)\/([^/]+)/.exec(path) ?? [];
  if (name === undefined) return path === '' ? undefined : path;
  switch (kind) {
    case 'applications':
      return (
        <Link to="/apps/$app" params={{ app: name }}>
          {name}
        </Link>
      );
    case 'prompts':
      return (
        <Link to="/prompts/$name" params={{ name }}>
          {name}
        </Link>
      );
    case 'datasets':
      return (
        <Link to="/datasets/$name" params={{ name }}>
          {name}
        </Link>
      );
    case 'models':
      return (
        <Link to="/models/$name" params={{ name }}>
          {name}
        </Link>
      );
    case 'risks':
      return (
        <Link to="/risks/$name" params={{ name }}>
          {name}
        </Link>
      );
    case 'approvals':
      return (
        <Link to="/approvals/$id" params={{ id: name }}>
          approval
        </Link>
      );
    default:
      return path;
  }
}

function requestName(type: string | undefined): string {
  return type === undefined
    ? 'approval'
    : `approval of ${type.replace(/^.*?\./, (noun) => `${noun.slice(0, -1)} `).replace(/-?requested$/, 'request')}`;
}

function by(id: string | undefined, link: (id: string) => ReactNode): ReactNode {
  return id === undefined ? undefined : link(id);
}

/** What an entry tells, which may be no object, or of another time's shape. */
class Told {
  constructor(private readonly payload: unknown) {}

  text(name: string): string | undefined {
    const value = this.field(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(name: string): string | undefined {
    const value = this.field(name);
    return typeof value === 'number' ? String(value) : undefined;
  }

  /** The texts of an object, by their names. */
  texts(name: string): Record<string, string> {
    return Object.fromEntries(Object.entries(this.field(name) ?? {}).filter(([, value]) => typeof value === 'string'));
  }

  private field(name: string): unknown {
    return typeof this.payload === 'object' && this.payload !== null
      ? (this.payload as Record<string, unknown>)[name]
      : undefined;
  }
}
