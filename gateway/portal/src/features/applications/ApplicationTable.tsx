import { Label, LabelGroup } from '@patternfly/react-core';
import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ApplicationCard } from './applications';
import { count, words } from '@/shared/text/format';
import { DataTable } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';

export function ApplicationTable({ applications }: { applications: ApplicationCard[] }): ReactNode {
  return (
    <DataTable aria-label="Applications">
      <Thead>
        <Tr>
          <Th>Application</Th>
          <Th>Purpose</Th>
          <Th>Owner</Th>
          <Th>Criticality</Th>
          <Th className="pl-number">Calls per month</Th>
          <Th>Phases</Th>
        </Tr>
      </Thead>
      <Tbody>
        {applications.map(({ name, purpose, owner, criticality, monthlyVolume, phases }) => (
          <Tr key={name}>
            <Td dataLabel="Application">
              <Link to="/apps/$app" params={{ app: name }}>
                {name}
              </Link>
            </Td>
            <Td dataLabel="Purpose" className="pl-anywhere">
              {purpose}
            </Td>
            <Td dataLabel="Owner">{owner}</Td>
            <Td dataLabel="Criticality">
              <Label isCompact color={criticality === 'HIGH' ? 'orange' : 'grey'}>
                {words(criticality)}
              </Label>
            </Td>
            <Td dataLabel="Calls per month" className="pl-number">
              {count(monthlyVolume)}
            </Td>
            <Td dataLabel="Phases">
              <LabelGroup numLabels={3} aria-label={`Phases of ${name}`}>
                {phases.map(({ phase, state }) => (
                  <StateLabel key={phase} state={state} prefix={words(phase)} />
                ))}
              </LabelGroup>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </DataTable>
  );
}
