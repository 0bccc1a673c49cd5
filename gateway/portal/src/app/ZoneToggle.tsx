import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useZone } from '@/shared/text/time';

export function ZoneToggle(): ReactNode {
  const [zone, choose] = useZone();
  return (
    <ToggleGroup aria-label="Show times in" isCompact>
      <ToggleGroupItem text="UTC" isSelected={zone === 'UTC'} onChange={() => choose('UTC')} />
      <ToggleGroupItem text="Local" isSelected={zone === 'local'} onChange={() => choose('local')} />
    </ToggleGroup>
  );
}
