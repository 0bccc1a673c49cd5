import { Label, LabelGroup } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ApplicationCard } from './applications';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';

export function ApplicationTable({ applications }: { applications: ApplicationCard[] }): ReactNode {
  return (
    <DataTable
      aria-label="Applications"
      rows={applications}
      rowKey={({ name }) => name}
      columns={[
        {
          header: 'Application',
          cell: ({ name }) => (
            <Link to="/apps/$app" params={{ app: name }}>
              {name}
            </Link>
          ),
        },
        { header: 'Purpose', kind: 'anywhere', cell: ({ purpose }) => purpose },
        { header: 'Owner', cell: ({ owner }) => owner },
        {
          header: 'Criticality',
          cell: ({ criticality }) => (
            <Label isCompact color={criticality === 'HIGH' ? 'orange' : 'grey'}>
              {words(criticality)}
            </Label>
          ),
        },
        { header: 'Calls per month', kind: 'number', cell: ({ monthlyVolume }) => count(monthlyVolume) },
        {
          header: 'Phases',
          cell: ({ name, phases }) => (
            <LabelGroup numLabels={3} aria-label={`Phases of ${name}`}>
              {phases.map(({ phase, state }) => (
                <StateLabel key={phase} state={state} prefix={words(phase)} />
              ))}
            </LabelGroup>
          ),
        },
      ]}
    />
  );
}
