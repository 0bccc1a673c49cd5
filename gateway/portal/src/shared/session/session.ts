import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { Problem } from '@/shared/http/problem';

export type Role =
  'viewer' | 'prompt-engineer' | 'ml-engineer' | 'data-steward' | 'approver' | 'compliance-officer' | 'sre' | 'admin';

/** The signed-in person, as reported by the gateway. */
export interface Session {
  name: string;
  username: string;
  /** The subject of the token, which services record as the actor. */
  subject?: string;
  workspace: string;
  roles: Role[];
  expiresAt?: string;
}

/** The query for the session, or null when nobody is signed in. Being signed out is not an error here. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  queryFn: fetchSession,
});

export async function fetchSession(): Promise<Session | null> {
  const response = await fetch('/session', { headers: { Accept: 'application/json' } }).catch((error: unknown) => {
    throw Problem.unreachable(error);
  });
  if (response.status === 401) return null;
  if (!response.ok) throw await Problem.from(response);
  const session = (await response.json()) as Session;
  return { ...session, roles: session.roles.map(asRole) };
}

function asRole(name: string): Role {
  return name
    .replace(/^ROLE_/, '')
    .toLowerCase()
    .replaceAll('_', '-') as Role;
}

/** Returns the session. Use it only inside the signed-in frame, where a session always exists. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('This part of the portal is shown to signed-in people only');
  return data;
}

/**
 * Returns whether the person has one of the roles, by the services' hierarchy. An administrator has all but those that
 * decide and oversee.
 */
export function may(session: Session, ...roles: Role[]): boolean {
  return roles.some(
    (role) =>
      role === 'viewer' ||
      session.roles.includes(role) ||
      (session.roles.includes('admin') && role !== 'approver' && role !== 'compliance-officer'),
  );
}

/** Returns whether the person may only read. */
export function onlyLooks(session: Session): boolean {
  return session.roles.every((role) => role === 'viewer');
}

/** Returns whether an actor recorded by a service is the signed-in person. */
export function isMe(session: Session, actor: string | null | undefined): boolean {
  return actor != null && (actor === session.subject || actor === session.username);
}

export function signInAddress(path: string): string {
  return `/oauth2/authorization/keycloak?return=${encodeURIComponent(path)}`;
}

export function currentPath(): string {
  return window.location.pathname + window.location.search + window.location.hash;
}
