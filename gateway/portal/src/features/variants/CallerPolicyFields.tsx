import { ExpandableSection } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';
import type { Control } from 'react-hook-form';
import { allowances } from './callerPolicy';
import type { VariantValues } from './parameters';
import { Checklist } from '@/shared/form/fields';

/** What callers of the variant may decide themselves. */
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
        Callers always send a history of user and assistant messages. What is not checked is the variant&rsquo;s own, or
        refused by name.
      </p>
      <Checklist id="caller-policy" control={control} name="allowed" label="Allowed" choices={allowances} />
    </ExpandableSection>
  );
}
