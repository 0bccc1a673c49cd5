import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { targetsQuery, type Target } from './policies';
import { DataTable } from '@/shared/ui/DataTable';
import { Loaded } from '@/shared/ui/Loaded';

/** The structure of a rule, and the variables that it may use. */
export function RuleHelp({ target }: { target: string }): ReactNode {
  return (
    <>
      <Card isCompact>
        <CardTitle component="h2">Structure of a rule</CardTitle>
        <CardBody className="pl-stack">
          <p>
            A policy is an array of 1 to 32 rules, all of which must hold. Each rule has exactly these three fields:
          </p>
          <dl className="pl-terms">
            <dt>name</dt>
            <dd>Lower case with hyphens, unique in the policy.</dd>
            <dt>expression</dt>
            <dd>The condition that must be true, in CEL, the Common Expression Language. At most 1,000 characters.</dd>
            <dt>message</dt>
            <dd>The advice that is shown when the expression is not true. One line, at most 500 characters.</dd>
          </dl>
        </CardBody>
      </Card>
      <Card isCompact>
        <CardTitle component="h2">Variables of {target}</CardTitle>
        <CardBody>
          <Loaded query={useQuery(targetsQuery)} what="the variables">
            {({ items }) => {
              const found = items.find(({ name }) => name === target);
              return found ? (
                <VariableTable variables={found.variables} />
              ) : (
                <p>No target has this name. The targets are: {items.map(({ name }) => name).join(', ')}.</p>
              );
            }}
          </Loaded>
        </CardBody>
      </Card>
    </>
  );
}

function VariableTable({ variables }: Pick<Target, 'variables'>): ReactNode {
  return (
    <DataTable
      aria-label="Variables"
      rows={variables}
      rowKey={({ name }) => name}
      columns={[
        { header: 'Variable', cell: ({ name }) => <code>{name}</code> },
        { header: 'Type and values', cell: ({ type, meaning }) => [type, meaning].filter(Boolean).join(': ') },
      ]}
    />
  );
}
