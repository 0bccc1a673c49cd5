import type { Approval } from './approvals';
import type { Criterion } from '@/shared/data/applications';
import type { CriteriaContent } from '@/shared/data/criteriaChanges';
import { inSentence, words } from '@/shared/text/format';
import type { Money } from '@/shared/text/money';

/** The change that a refresh makes. */
export interface DocumentChange {
  dataset: string;
  formerVersion: number;
  version: number;
}

/** A release: the variant that would serve, the one that serves before, and the evidence. */
export interface ReleaseChange {
  kind: 'release';
  application: string;
  environment: string;
  variantDigest: string;
  previousVariantDigest?: string;
  verdictId: string;
  override?: string;
  canaryPercent: number;
  canaryAnswers?: number | undefined;
  refresh?: DocumentChange;
}

/** The content of a request for approval that the portal shows. */
export type Change =
  | ReleaseChange
  | { kind: 'label'; prompt: string; label: string; from?: number; to: number }
  | { kind: 'alias'; model: string; alias: string; from?: number; to: number }
  | { kind: 'waiver'; application: string; phase: string; reason: string }
  | {
      kind: 'criteria';
      application: string;
      version: number;
      proposed: CriteriaContent;
      loosens: string[];
      reason: string;
    }
  | { kind: 'prices'; model: string; prices: Price[]; reason: string }
  | { kind: 'other'; fields: [string, string][] };

/** A price of a model, with the one in force. Both are per million tokens, and each may be absent. */
export interface Price {
  name: string;
  former: Money | undefined;
  proposed: Money | undefined;
}

/** Returns the change by its kind. A request with an unexpected shape is shown field by field. */
export function changeOf({ requestType, request }: Approval): Change {
  const text = (name: string) => (typeof request[name] === 'string' ? request[name] : undefined);
  const number = (name: string) => (typeof request[name] === 'number' ? request[name] : undefined);
  const application = text('application');
  const environment = text('environment');
  const variantDigest = text('variantDigest');
  const verdictId = text('verdictId');
  const phase = text('phase');
  const to = number('to');
  const prompt = text('prompt');
  const label = text('label');
  const model = text('model');
  const alias = text('alias');
  switch (requestType) {
    case 'release.requested':
      if (
        application === undefined ||
        environment === undefined ||
        variantDigest === undefined ||
        verdictId === undefined
      )
        break;
      return {
        kind: 'release',
        application,
        environment,
        variantDigest,
        verdictId,
        previousVariantDigest: text('previousVariantDigest'),
        override: text('override'),
        canaryPercent: number('canaryPercent') ?? 0,
        canaryAnswers: number('canaryAnswers'),
        refresh: documentsOf(request['refresh']),
      };
    case 'prompt.label-move-requested':
      if (prompt === undefined || label === undefined || to === undefined) break;
      return { kind: 'label', prompt, label, from: number('from'), to };
    case 'model.alias-move-requested':
      if (model === undefined || alias === undefined || to === undefined) break;
      return { kind: 'alias', model, alias, from: number('from'), to };
    case 'waiver.requested':
      if (application === undefined || phase === undefined) break;
      return { kind: 'waiver', application, phase, reason: text('reason') ?? '' };
    case 'criteria.change-requested': {
      const version = number('version');
      const proposed = criteriaOf(request);
      if (application === undefined || version === undefined || proposed === undefined) break;
      const loosens = Array.isArray(request['loosens']) ? request['loosens'].map(String) : [];
      return { kind: 'criteria', application, version, proposed, loosens, reason: text('reason') ?? '' };
    }
    case 'base-model.price-change-requested':
      if (model === undefined) break;
      return { kind: 'prices', model, prices: pricesOf(request), reason: text('reason') ?? '' };
  }
  return {
    kind: 'other',
    fields: Object.entries(request)
      .filter(([, value]) => value != null && typeof value !== 'object')
      .map(([name, value]) => [words(name), String(value)]),
  };
}

function pricesOf(request: Approval['request']): Price[] {
  const named: [string, string][] = [
    ['Input', 'InputPerMillion'],
    ['Cached input', 'CachedInputPerMillion'],
    ['Output', 'OutputPerMillion'],
  ];
  return named
    .map(([name, field]) => ({
      name,
      former: moneyOf(request[`former${field}`]),
      proposed: moneyOf(request[field.charAt(0).toLowerCase() + field.slice(1)]),
    }))
    .filter(({ former, proposed }) => former !== undefined || proposed !== undefined);
}

function moneyOf(value: unknown): Money | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { amount, currency } = value as Record<string, unknown>;
  return amount != null && typeof currency === 'string' ? { amount: String(amount), currency } : undefined;
}

function documentsOf(refresh: unknown): DocumentChange | undefined {
  if (typeof refresh !== 'object' || refresh === null) return undefined;
  const { dataset, formerVersion, version } = refresh as Record<string, unknown>;
  return typeof dataset === 'string' && typeof formerVersion === 'number' && typeof version === 'number'
    ? { dataset, formerVersion, version }
    : undefined;
}

function criteriaOf({
  purpose,
  suiteDigest,
  plannedVerdicts,
  candidatesPerPhase,
  criteria,
}: Approval['request']): CriteriaContent | undefined {
  if (
    typeof suiteDigest !== 'string' ||
    typeof plannedVerdicts !== 'number' ||
    typeof candidatesPerPhase !== 'number' ||
    !Array.isArray(criteria)
  )
    return undefined;
  return {
    suiteDigest,
    plannedVerdicts,
    candidatesPerPhase,
    criteria: criteria as Criterion[],
    purpose: purpose === 'REFRESH' ? 'REFRESH' : 'RELEASE',
  };
}

/** Returns a one-line title such as "Release of mail-triage to production, 20% canary at first". */
export function titleOf(approval: Approval): string {
  const change = changeOf(approval);
  switch (change.kind) {
    case 'release':
      return [
        change.refresh
          ? `Refresh of ${change.application} in ${change.environment}`
          : `Release of ${change.application} to ${change.environment}`,
        isCanary(change) && `${change.canaryPercent}% canary at first`,
        change.override !== undefined && 'overriding its verdict',
      ]
        .filter(Boolean)
        .join(', ');
    case 'label':
      return `Label ${change.label} of ${change.prompt} to v${change.to}`;
    case 'alias':
      return `Alias ${change.alias} of ${change.model} to v${change.to}`;
    case 'waiver':
      return `Waiver for ${change.application}: ${inSentence(change.phase)} without its evidence`;
    case 'criteria':
      return (
        `${change.proposed.purpose === 'REFRESH' ? 'Criteria of refreshes' : 'Looser criteria'} for ` +
        `${change.application}, as version ${change.version}`
      );
    case 'prices':
      return `Prices of ${change.model}`;
    case 'other':
      return `${approval.requestType}: ${approval.object}`;
  }
}

/** Returns whether the release starts as a canary. Without a share, it serves all calls at once. */
export function isCanary({ canaryPercent }: { canaryPercent: number }): boolean {
  return canaryPercent > 0 && canaryPercent < 100;
}
