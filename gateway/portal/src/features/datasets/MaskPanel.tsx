import { Card, CardBody, CardTitle } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { mask, type DatasetVersion } from './datasets';
import { CheckboxField } from '@/shared/form/fields';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { count } from '@/shared/text/format';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

const schema = z.object({ numbered: z.boolean() });

/** Replaces the found values by placeholders, in a new version. */
export function MaskPanel({ version: { dataset, version, masked, report } }: { version: DatasetVersion }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useCommandForm({
    schema,
    initial: { numbered: false },
    command: ({ numbered }) => numbered,
    send: (numbered, key) => mask(dataset, version, numbered, key),
    onSent: async (started) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({
        to: '/datasets/$name/versions/$version',
        params: { name: dataset, version: String(started.version) },
      });
    },
  });
  const found = report == null ? 0 : report.privacy.personal + report.privacy.secrets;
  if (found === 0) return null;
  return (
    <Card isCompact id="mask">
      <CardTitle component="h2">Mask</CardTitle>
      <CardBody className="pl-stack">
        <p>
          {count(found)} values such as e-mail addresses, phone numbers and keys were found. Masking replaces them with
          placeholders such as <code>{'<EMAIL>'}</code> in a new version; this version does not change.
        </p>
        <CheckboxField
          id="numbered"
          control={form.control}
          name="numbered"
          label="Give equal values the same number, so that a conversation stays readable: <EMAIL_1>, <EMAIL_2>"
        />
        {form.error != null && <ProblemPanel error={form.error} />}
        <div>
          <RoleButton
            variant={masked ? 'secondary' : 'primary'}
            roles={['data-steward']}
            isLoading={form.pending}
            isDisabled={form.pending}
            onClick={form.submit}
          >
            Mask as a new version
          </RoleButton>
        </div>
      </CardBody>
    </Card>
  );
}
