import { expect, it } from 'vitest';
import { phaseOf, variantName } from './variants';
import { variants } from '../../../test/mocks/world';

const [variant] = variants;
const composed = (model: string, indexDigest: string | null) => variant && { ...variant, model, indexDigest };

it('assigns a variant to the phase of its parts', () => {
  expect(phaseOf(composed('local/choice-bge-small', null))).toBe('PROMPT');
  expect(phaseOf(composed('local/choice-bge-small', 'digest'))).toBe('RETRIEVAL');
  expect(phaseOf(composed('mail-head@1', null))).toBe('FINE_TUNING');
  expect(phaseOf(composed('mail-head@1', 'digest'))).toBe('HYBRID');
  expect(phaseOf(composed('openai/ft:gpt-4o-mini:acme::1', null))).toBe('FINE_TUNING');
  expect(phaseOf(composed('google/tunedModels/triage', 'digest'))).toBe('HYBRID');
  expect(phaseOf(undefined)).toBe('PROMPT');
});

it('names a variant by its digest, as far as it is known', () => {
  expect(variantName(variants, variant?.variantDigest)).toBe(variant?.name);
  expect(variantName(variants, 'unknown')).toBe('The variant');
});
