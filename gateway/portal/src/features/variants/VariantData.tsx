import { Button } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Variant } from '@/shared/data/variants';
import { DataOf } from '@/shared/lineage/DataOf';

/** The data behind a variant's parts, loaded on demand. */
export function VariantData({ variant: { name, variantDigest } }: { variant: Variant }): ReactNode {
  const [open, toggle] = useState(false);
  return (
    <div className="pl-item">
      <Button variant="link" isInline aria-expanded={open} aria-label={`Data of ${name}`} onClick={() => toggle(!open)}>
        Data
      </Button>
      {open && <DataOf nodeId={variantDigest} />}
    </div>
  );
}
