import { http, type HttpHandler } from 'msw';
import { json, pageOf } from './answers';
import type { Workspace } from '../../src/features/workspaces/workspaces';

export const operator: Workspace = {
  workspaceId: '0190a000-0000-7000-8000-000000000001',
  name: 'acme',
  state: 'ACTIVE',
  operator: true,
  regions: [],
  currency: 'USD',
  roleRates: [],
  quotas: [],
  retentionDays: null,
  version: 1,
  createdBy: 'subject-root',
  createdAt: '2026-12-02T08:00:00Z',
  changedBy: 'subject-root',
  changedAt: '2026-12-02T08:00:00Z',
  archiveReason: null,
};

export const pilot: Workspace = {
  ...operator,
  workspaceId: '0190a000-0000-7000-8000-000000000003',
  name: 'pilot',
  operator: false,
  regions: ['DE', 'GB'],
  currency: 'EUR',
  roleRates: [{ role: 'ml-engineer', perHour: { amount: '95.00', currency: 'EUR' } }],
  quotas: [{ kind: 'prompts', limit: 500 }],
  retentionDays: 30,
  version: 4,
};

export const ended: Workspace = {
  ...pilot,
  workspaceId: '0190a000-0000-7000-8000-000000000004',
  name: 'trial',
  state: 'ARCHIVED',
  archiveReason: 'The trial has ended.',
};

const unheld = [{ role: 'approver', neededTo: 'approve releases, labels and aliases' }];

export function workspaceHandlers(scenario: 'loaded' | 'empty'): HttpHandler[] {
  return [
    http.get('*/api/workspaces', () => pageOf(scenario === 'empty' ? [] : [operator, pilot, ended])),
    http.get('*/api/workspaces/:id/unheld-roles', ({ params }) =>
      json({ roles: params['id'] === pilot.workspaceId ? unheld : [], complete: true }),
    ),
    http.post('*/api/workspaces', () => json(pilot, 201)),
    http.put('*/api/workspaces/:id', () => json(pilot)),
    http.post('*/api/workspaces/:id/archive', () => json({ ...pilot, state: 'ARCHIVED' })),
  ];
}
