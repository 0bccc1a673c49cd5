import { queryOptions } from '@tanstack/react-query';
import { body, client } from '@/shared/http/client';
import type { components, paths } from '@/shared/http/generated/strategy';
import { Problem } from '@/shared/http/problem';

type Schemas = components['schemas'];
export type ParkedMessage = Schemas['ParkedMessage'];
export type Replayed = Schemas['Replay'];

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
  message: ParkedMessage;
}

/** The platform gives every service the same operations, so one description stands for all; the gateway tells them apart by a prefix in the place of /api. */
type Parked = {
  [
    Path in keyof paths as Path extends `/api/parked-messages${infer Rest}` ? `/parked-messages${Rest}` : never
  ]: paths[Path];
};

const api = (service: Service) => client<Parked>(`/api/services/${service}`);

export const parkedQuery = (service: Service, limit: number, pageToken?: string) =>
  queryOptions({
    queryKey: ['parked', service, limit, pageToken],
    queryFn: ({ signal }) =>
      body(api(service).GET('/parked-messages', { params: { query: { limit, pageToken } }, signal })),
    refetchInterval: 30_000,
  });

/** Applies the message with all that are parked of its key; none, when somebody has done so meanwhile. */
export async function replay(service: Service, id: number): Promise<Replayed> {
  try {
    return await body(api(service).POST('/parked-messages/{id}/replay', { params: { path: { id } } }));
  } catch (error) {
    if (Problem.of(error).status === 404) return { applied: 0, remaining: 0 };
    throw error;
  }
}

export function isService(name: string | undefined): name is Service {
  return services.some((service) => service === name);
}

/** The name of an event as the ledger has it: io.plumbline.prompt.version-published.v1 → prompt.version-published. */
export function eventName(type: string): string {
  return type.replace(/^io\.plumbline\.(.+)\.v1$/, '$1');
}
