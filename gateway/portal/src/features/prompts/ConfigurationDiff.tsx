import type { ReactNode } from 'react';
import type { PromptDifference } from './prompts';
import { DataTable } from '@/shared/ui/DataTable';

/** The differences in variables, parameters and response format. */
export function ConfigurationDiff({ difference }: { difference: PromptDifference }): ReactNode {
  const { configuration, from: older, to: newer } = difference;
  if (configuration.length === 0) return <p>Variables, parameters and response format of both versions are equal.</p>;
  return (
    <DataTable
      aria-label={`Configuration of v${older} and v${newer}`}
      rows={configuration}
      rowKey={({ pointer }) => pointer}
      columns={[
        { header: 'Setting', cell: ({ pointer }) => <code>{pointer}</code> },
        {
          header: <>v{older}</>,
          label: `v${older}`,
          cell: ({ from }) => (from == null ? 'absent' : <del className="pl-content">{shown(from)}</del>),
        },
        {
          header: <>v{newer}</>,
          label: `v${newer}`,
          cell: ({ to }) => (to == null ? 'absent' : <ins className="pl-content">{shown(to)}</ins>),
        },
      ]}
    />
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
