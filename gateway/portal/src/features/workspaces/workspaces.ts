import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/compliance';

type Schemas = components['schemas'];

export type Workspace = Schemas['WorkspaceView'];
export type Configuration = Schemas['ConfigureWorkspace'];
export type NewWorkspace = Schemas['CreateWorkspace'];

const api = client<paths>();

export const workspacesQuery = (pageToken?: string) =>
  queryOptions({
    queryKey: ['workspaces', 'list', pageToken],
    queryFn: ({ signal }) => body(api.GET('/api/workspaces', { params: { query: { pageToken, limit: 50 } }, signal })),
  });

/** The roles that the work of a workspace needs and that nobody in it has. */
export const unheldRolesQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: ['workspaces', 'unheld-roles', workspaceId],
    queryFn: ({ signal }) =>
      body(api.GET('/api/workspaces/{workspaceId}/unheld-roles', { params: { path: { workspaceId } }, signal })),
  });

export function createWorkspace(workspace: NewWorkspace, key: string): Promise<Workspace> {
  return body(api.POST('/api/workspaces', { params: { header: once(key) }, body: workspace }));
}

/** Replaces the configuration of the version that the caller has read. */
export function configureWorkspace(
  { workspaceId, version }: Workspace,
  configuration: Configuration,
): Promise<Workspace> {
  return body(
    api.PUT('/api/workspaces/{workspaceId}', {
      params: { path: { workspaceId }, header: { 'If-Match': `"${version}"` } },
      body: configuration,
    }),
  );
}

export function archiveWorkspace(workspaceId: string, reason: string): Promise<Workspace> {
  return body(
    api.POST('/api/workspaces/{workspaceId}/archive', { params: { path: { workspaceId } }, body: { reason } }),
  );
}
