import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AuditEntry } from './ledger';

/**
 * The object of an entry by its common name, with a link to its page where the portal has one. On hover, it shows the
 * object as it was recorded.
 */
export function ObjectLink({ entry }: { entry: AuditEntry }): ReactNode {
  const subject = subjectOf(entry);
  return <span title={entry.object}>{subject ?? entry.object}</span>;
}

function subjectOf({ type, payload }: AuditEntry): ReactNode {
  const fields = new PayloadFields(payload);
  const application = fields.text('application');
  switch (type.split('.')[0]) {
    case 'prompt':
      return prompt(fields, type);
    case 'dataset':
      return dataset(fields);
    case 'model':
      return model(fields);
    case 'base-model':
      return (
        <Link to="/models" search={{ tab: 'base' }}>
          {fields.text('model')}
        </Link>
      );
    case 'index':
    case 'index-passage':
      return index(fields);
    case 'provider':
      return <Link to="/settings/providers">{fields.text('provider')}</Link>;
    case 'api-key':
      return <Link to="/settings/api-keys">{fields.text('name')}</Link>;
    case 'policy':
      return policy(fields);
    case 'risk':
      return by(fields.text('risk'), (name) => (
        <Link to="/risks/$name" params={{ name }}>
          {name}
        </Link>
      ));
    case 'audit':
      return (
        <Link to="/audit" search={fields.texts('filter')}>
          exported entries
        </Link>
      );
    case 'approval':
      return by(fields.text('approvalId'), (id) => (
        <Link to="/approvals/$id" params={{ id }}>
          {requestName(fields.text('requestType'))}
        </Link>
      ));
    case 'run':
      return by(fields.text('runId'), (run) => (
        <Link to="/runs/$run" params={{ run }}>
          run of {application}
        </Link>
      ));
    case 'job':
      return by(fields.text('jobId'), (job) => (
        <Link to="/training/$job" params={{ job }}>
          training of {application}
        </Link>
      ));
    case 'sweep':
      return by(fields.text('sweepId'), (sweep) => (
        <Link to="/sweeps/$sweep" params={{ sweep }}>
          sweep of {application}
        </Link>
      ));
    case 'action':
      return refused(fields.text('subject') ?? '');
    default:
      return by(application, (app) => (
        <Link to="/apps/$app" params={{ app }} search={{ tab: tabs[type.split('.')[0] ?? ''] }}>
          {aspect(fields, type, app)}
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

/** Links to an application, on the tab that the entry concerns. */
function aspect(fields: PayloadFields, type: string, app: string): string {
  const part =
    fields.text('environment') ??
    (type === 'variant.created' ? fields.text('name') : fields.text('phase')?.toLowerCase().replaceAll('_', ' '));
  return part === undefined ? app : `${app} · ${part}`;
}

function prompt(fields: PayloadFields, type: string): ReactNode {
  const name = fields.text('prompt');
  const version = fields.number('version');
  if (name === undefined) return undefined;
  if (version === undefined) {
    const label = fields.text('label');
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

function dataset(fields: PayloadFields): ReactNode {
  const name = fields.text('dataset');
  const version = fields.number('version');
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

/** Links to an index. Entries name a built index by its digest alone. */
function index(fields: PayloadFields): ReactNode {
  const name = fields.text('index') ?? 'index';
  const id = fields.text('indexId');
  return id === undefined ? (
    <Link to="/indexes">{name}</Link>
  ) : (
    <Link to="/indexes/$index" params={{ index: id }}>
      {name}
    </Link>
  );
}

function model(fields: PayloadFields): ReactNode {
  const name = fields.text('model');
  const version = fields.number('version');
  if (name === undefined) return undefined;
  if (version === undefined)
    return (
      <Link to="/models/$name" params={{ name }}>
        {[name, fields.text('alias')].filter(Boolean).join(' · ')}
      </Link>
    );
  return (
    <Link to="/models/$name/versions/$version" params={{ name, version }}>
      {name} v{version}
    </Link>
  );
}

function policy(fields: PayloadFields): ReactNode {
  const name = fields.text('policy');
  const version = fields.number('version');
  return (
    name && (
      <Link to="/policies/$name" params={{ name }} search={{ version }}>
        {[name, version && `v${version}`].filter(Boolean).join(' ')}
      </Link>
    )
  );
}

/** Links the refused address to the page of its object. */
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
    : `approval of ${type.replaceAll(/[.-]/g, ' ').replace(/ requested$/, ' request')}`;
}

function by(id: string | undefined, link: (id: string) => ReactNode): ReactNode {
  return id === undefined ? undefined : link(id);
}

/** The fields of a payload, which may not be an object or may have an older shape. */
class PayloadFields {
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
