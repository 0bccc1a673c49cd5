import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/compliance';
import { Problem } from '@/shared/http/problem';

type Schemas = components['schemas'];
export type DeadLetter = Schemas['DeadLetter'];
export type Replayed = Schemas['ReplayView'];

export const services = [
  'strategy',
  'prompt-registry',
  'dataset-registry',
  'training',
  'model-registry',
  'evaluation',
  'inference',
  'compliance',
] as const;
export type Service = (typeof services)[number];

export interface Chosen {
  service: Service;
  letter: DeadLetter;
}

/**
 * Every service has the same operations, so one description serves for all; the gateway distinguishes the services by a
 * prefix in place of /api.
 */
type DeadLetterPaths = {
  [Path in keyof paths as Path extends `/api/dead-letters${infer Rest}` ? `/dead-letters${Rest}` : never]: paths[Path];
};

const api = (service: Service) => client<DeadLetterPaths>(`/api/services/${service}`);

export const deadLettersQuery = (service: Service, limit: number, pageToken?: string) =>
  queryOptions({
    queryKey: ['dead-letters', service, limit, pageToken],
    queryFn: ({ signal }) =>
      body(api(service).GET('/dead-letters', { params: { query: { limit, pageToken } }, signal })),
    refetchInterval: 30_000,
  });

/** Applies the dead letter and all others of its key. Applies none when somebody else has already done so. */
export async function replay(service: Service, id: number): Promise<Replayed> {
  try {
    return await body(
      api(service).POST('/dead-letters/{deadLetterId}/replay', { params: { path: { deadLetterId: id } } }),
    );
  } catch (error) {
    if (Problem.of(error).status === 404) return { applied: 0, remaining: 0 };
    throw error;
  }
}

/** Accepts that the service goes on without the event, as the first or the second person. */
export const accept = (service: Service, id: number, reason: string) =>
  body(
    api(service).POST('/dead-letters/{deadLetterId}/accept', {
      params: { path: { deadLetterId: id } },
      body: { reason },
    }),
  );

export function isService(name: string | undefined): name is Service {
  return services.some((service) => service === name);
}

/** Returns an event's name in the ledger: io.plumbline.prompt.version-published.v1 → prompt.version-published. */
export function eventName(type: string): string {
  return type.replace(/^io\.plumbline\.(.+)\.v\d+$/, '$1');
}
