import { Card, CardBody, CardTitle, Checkbox } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { mask, type DatasetVersion } from './datasets';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { count } from '@/shared/text/format';
import { ProblemPanel } from '@/shared/ui/ProblemPanel';
import { RoleButton } from '@/shared/ui/RoleButton';

/** Puts marks in place of what was found; this version stays as it is. */
export function MaskPanel({ version: { dataset, version, masked, report } }: { version: DatasetVersion }): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [numbered, number] = useState(false);
  const key = useIdempotencyKey({ dataset, version, numbered });
  const masking = useMutation({
    mutationFn: () => mask(dataset, version, numbered, key),
    onSuccess: async (begun) => {
      await queries.invalidateQueries({ queryKey: ['datasets'] });
      await navigate({
        to: '/datasets/$name/versions/$version',
        params: { name: dataset, version: String(begun.version) },
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
          {count(found)} e-mail addresses, phone numbers, keys and the like were found. Masking puts{' '}
          <code>{'<EMAIL>'}</code> and such in their place and makes a new version; this one stays as it is.
        </p>
        <Checkbox
          id="numbered"
          isChecked={numbered}
          onChange={(_event, next) => number(next)}
          label="Give equal values the same number, so that who wrote to whom stays readable: <EMAIL_1>, <EMAIL_2>"
        />
        {masking.isError && <ProblemPanel error={masking.error} />}
        <div>
          <RoleButton
            variant={masked ? 'secondary' : 'primary'}
            roles={['data-steward']}
            isLoading={masking.isPending}
            isDisabled={masking.isPending}
            onClick={() => masking.mutate()}
          >
            Mask as a new version
          </RoleButton>
        </div>
      </CardBody>
    </Card>
  );
}
