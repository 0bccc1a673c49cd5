import { useQuery } from '@tanstack/react-query';
import { haveOneRecipe, indexChoices, type Index } from '@/shared/data/indexes';
import { differInIndexAlone, serves, variantsQuery, type Variant } from '@/shared/data/variants';

/** Returns the active variant that differs only in an index of other documents, as far as the portal knows. */
export function useRefreshOf(application: string, variantDigest: string): Variant | undefined {
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const variant = variants.find((one) => one.variantDigest === variantDigest);
  const indexes = useQuery({ ...indexChoices, enabled: variant?.indexDigest != null }).data?.items ?? [];
  const indexOf = ({ indexDigest }: Variant) => indexes.find((one) => one.indexDigest === indexDigest);
  const own = variant?.indexDigest != null ? indexOf(variant) : undefined;
  const alike = (index: Index | undefined) => own !== undefined && index !== undefined && haveOneRecipe(own, index);
  return variants.find((one) => variant && serves(one) && differInIndexAlone(variant, one) && alike(indexOf(one)));
}
