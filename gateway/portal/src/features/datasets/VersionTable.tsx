import { Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isAdmitted, purposesText, type VersionLine } from './datasets';
import { bytes, count } from '@/shared/text/format';
import { TableFrame } from '@/shared/ui/DataTable';
import { StateLabel } from '@/shared/ui/StateLabel';
import { Time } from '@/shared/ui/Time';

export function VersionTable({ versions }: { versions: VersionLine[] }): ReactNode {
  return (
    <TableFrame aria-label="Versions">
      <Thead>
        <Tr>
          <Th>Version</Th>
          <Th>State</Th>
          <Th className="pl-number">Rows</Th>
          <Th className="pl-number">Size</Th>
          <Th>Source</Th>
          <Th>Admitted for</Th>
          <Th>Started</Th>
        </Tr>
      </Thead>
      <Tbody>
        {versions.map((version) => {
          const {
            dataset,
            version: number,
            state,
            format,
            rows,
            sourceBytes,
            derivedFrom,
            masked,
            admission,
            createdAt,
          } = version;
          return (
            <Tr key={number}>
              <Td dataLabel="Version">
                <Link to="/datasets/$name/versions/$version" params={{ name: dataset, version: String(number) }}>
                  v{number}
                </Link>
              </Td>
              <Td dataLabel="State">
                <StateLabel state={state} />
              </Td>
              <Td dataLabel="Rows" className="pl-number">
                {state === 'READY' ? count(rows) : '—'}
              </Td>
              <Td dataLabel="Size" className="pl-number">
                {bytes(sourceBytes)}
              </Td>
              <Td dataLabel="Source">{sourceOf(format, derivedFrom, masked)}</Td>
              <Td dataLabel="Admitted for">
                {admission == null ? (
                  'not requested'
                ) : isAdmitted(version) ? (
                  purposesText(admission.purposes)
                ) : (
                  <StateLabel state="REFUSED" />
                )}
              </Td>
              <Td dataLabel="Started">
                <Time at={createdAt} />
              </Td>
            </Tr>
          );
        })}
      </Tbody>
    </TableFrame>
  );
}

function sourceOf(format: string, derivedFrom: VersionLine['derivedFrom'], masked: boolean): string {
  if (format === 'DRAFT') return derivedFrom == null ? 'draft' : `v${derivedFrom} and draft`;
  return derivedFrom == null ? 'upload' : `v${derivedFrom}${masked ? ', masked' : ''}`;
}
