import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { allowances } from './callerPolicy';
import type { VariantValues } from './parameters';
import { Checklist } from '@/shared/form/fields';

/** The fields for the settings that callers of the variant may decide. */
export function CallerPolicyFields<Parsed>({
  control,
}: {
  control: Control<VariantValues, unknown, Parsed>;
}): ReactNode {
  const [expanded, expand] = useState(false);
  return (
    <ExpandableSection
      toggleText="What callers may decide"
      isExpanded={expanded}
      onToggle={(_event, next) => expand(next)}
    >
      <p className="pl-subtle">
        Callers always send user and assistant messages. Anything unchecked is set by the variant, or refused with an
        error that names it.
      </p>
      <Checklist id="caller-policy" control={control} name="allowed" label="Allowed" choices={allowances} />
    </ExpandableSection>
  );
}
