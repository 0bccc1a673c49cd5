import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useOpenForm } from '@/shared/data/applicationForm';
import { indexChoices } from '@/shared/data/indexes';
import type { Variant } from '@/shared/data/variants';
import { RoleButton } from '@/shared/ui/RoleButton';

/** A button that opens the form to refresh a variant's documents. Empty for a variant without documents. */
export function RefreshButton({ variant, size }: { variant: Variant; size?: 'sm' }): ReactNode {
  const { variantDigest, indexDigest, name } = variant;
  const open = useOpenForm();
  const indexes = useQuery({ ...indexChoices, enabled: indexDigest != null }).data?.items ?? [];
  if (!indexes.some((index) => index.indexDigest === indexDigest && index.mode === 'PASSAGES')) return null;
  return (
    <RoleButton
      roles={['prompt-engineer', 'ml-engineer']}
      size={size}
      variant="secondary"
      aria-label={`Refresh documents of ${name}`}
      onClick={() => open('refresh', { variant: variantDigest })}
    >
      Refresh documents
    </RoleButton>
  );
}
