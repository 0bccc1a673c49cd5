import type { Variant } from '@/shared/data/variants';
import { body, client } from '@/shared/http/client';
import { once } from '@/shared/http/idempotency';
import type { components, paths } from '@/shared/http/generated/inference';

type Schemas = components['schemas'];

export type NewVariant = Schemas['CreateVariant'];
export type Parameters = Schemas['VariantParameters'];
export type Overflow = Schemas['VariantView']['overflow'];
export type Allowance = Schemas['CallerPolicy']['allowed'][number];

const api = client<paths>();

export function createVariant(variant: NewVariant, key: string): Promise<Variant> {
  return body(api.POST('/api/variants', { params: { header: once(key) }, body: variant }));
}
