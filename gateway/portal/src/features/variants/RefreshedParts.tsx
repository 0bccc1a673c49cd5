import type { ReactNode } from 'react';
import type { Documents } from './refreshing';
import { VariantParts } from './VariantParts';
import { recipeOf, sizeOf } from '@/shared/data/indexes';
import type { Variant } from '@/shared/data/variants';
import { Detail, Details } from '@/shared/ui/Details';

interface RefreshedPartsProps {
  variant: Variant;
  dataset: string;
  former: Documents;
  next: Documents;
}

/** The changed and the unchanged parts of a refresh. */
export function RefreshedParts({ variant, dataset, former, next }: RefreshedPartsProps): ReactNode {
  return (
    <Details>
      <Detail term="Changes">
        {dataset} version {former.version} to version {next.version}
        <div className="pl-subtle">
          {sizeOf(former.index)} to {sizeOf(next.index)}
        </div>
      </Detail>
      <Detail term="Stays">
        <VariantParts variant={{ ...variant, indexDigest: null, serving: [] }} />
        <div className="pl-subtle">{recipeOf(former.index)}</div>
      </Detail>
    </Details>
  );
}
