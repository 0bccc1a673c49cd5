import { Alert, List, ListItem, TextArea } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Verdict, verdictsQuery } from '@/shared/data/evaluations';
import { requestRelease, type NewRelease } from './releases';
import { variantsQuery } from '@/shared/data/variants';
import { fieldErrors } from '@/shared/http/fieldErrors';
import { useIdempotencyKey } from '@/shared/http/idempotency';
import { useDraft } from '@/shared/session/draft';
import { words } from '@/shared/text/format';
import { withMetricNames } from '@/shared/text/metrics';
import { formatTime, useZone } from '@/shared/text/time';
import { Field, TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

interface RequestReleaseDialogProps {
  application: string;
  variant: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** Asks that a variant serve an environment; a second person decides. */
export function RequestReleaseDialog({
  application,
  variant: pointed,
  onDone,
  onClose,
}: RequestReleaseDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const { value, change, forget } = useDraft(`release.${application}`, {
    variant: '',
    verdict: '',
    environment: 'production',
    percent: '0',
    override: '',
  });
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const all = (useQuery(verdictsQuery(application)).data?.items ?? []).filter(
    ({ kind }) => kind === 'RELEASE' || kind === 'PHASE',
  );
  const variantDigest =
    value.variant ||
    pointed ||
    all.find(({ outcome }) => outcome === 'PASS')?.subjectDigest ||
    variants[0]?.variantDigest ||
    '';
  const verdicts = all.filter(({ subjectDigest }) => subjectDigest === variantDigest);
  const verdict = verdicts.find(({ verdictId }) => verdictId === value.verdict) ?? verdicts[0];
  const failed = verdict?.outcome === 'FAIL';
  const release: NewRelease = {
    application,
    variantDigest,
    environment: value.environment.trim(),
    verdictId: verdict?.verdictId,
    canaryPercent: value.percent === '' ? 0 : Number(value.percent),
    override: failed && value.override.trim() !== '' ? value.override.trim() : undefined,
  };
  const key = useIdempotencyKey(release);
  const requesting = useMutation({
    mutationFn: () => requestRelease(release, key),
    onSuccess: async () => {
      forget();
      await queries.invalidateQueries({ queryKey: ['releases', application] });
      onDone();
    },
  });
  const errorAt = fieldErrors(requesting.error);
  return (
    <FormDialog
      title="Request a release"
      description="The request goes to the approvals. An approver who is neither requester nor author decides; once approved, the variant serves at once."
      action="Request release"
      pending={requesting.isPending}
      blocked={whyNot(release)}
      error={requesting.error}
      onSubmit={() => requesting.mutate()}
      onClose={onClose}
    >
      <SelectField
        id="release-variant"
        label="Variant"
        isRequired
        value={variantDigest}
        choices={variants.map((one) => ({ value: one.variantDigest, label: `${one.name} · ${one.model}` }))}
        error={errorAt('/variantDigest')}
        onChange={(next) => change({ ...value, variant: next, verdict: '' })}
      />
      <SelectField
        id="release-verdict"
        label="Verdict"
        value={verdict?.verdictId ?? ''}
        placeholder={verdicts.length === 0 ? 'None: the request will be refused' : undefined}
        choices={verdicts.map((one) => ({
          value: one.verdictId,
          label: `${described(one)} · ${formatTime(one.issuedAt, zone)}`,
        }))}
        error={errorAt('/verdictId')}
        onChange={(next) => change({ ...value, verdict: next })}
      />
      {verdict && verdict.outcome !== 'PASS' && (
        <Alert
          isInline
          variant="warning"
          component="h3"
          title={failed ? 'This verdict failed' : 'This verdict is inconclusive: no override can stand for it'}
        >
          <List>
            {verdict.reasons.map((reason) => (
              <ListItem key={reason}>{withMetricNames(reason)}</ListItem>
            ))}
          </List>
        </Alert>
      )}
      {failed && (
        <Field
          id="release-override"
          label="Reason for an override"
          error={errorAt('/override')}
          help="Only with a reason does a request go on against a failed verdict; the approver judges it"
        >
          <TextArea
            id="release-override"
            rows={2}
            value={value.override}
            aria-describedby="release-override-help"
            onChange={(_event, override) => change({ ...value, override })}
          />
        </Field>
      )}
      <TextField
        id="release-environment"
        label="Environment"
        isRequired
        value={value.environment}
        error={errorAt('/environment')}
        help="Clients that name none get production"
        onChange={(environment) => change({ ...value, environment })}
      />
      <TextField
        id="release-percent"
        label="Trial share of the traffic, in percent"
        type="number"
        value={value.percent}
        error={errorAt('/canaryPercent')}
        help="0 serves everybody at once; 1 to 99 puts it on trial beside what serves now, under a guard"
        onChange={(percent) => change({ ...value, percent })}
      />
    </FormDialog>
  );
}

function whyNot({ variantDigest, environment, canaryPercent = 0 }: NewRelease): string | undefined {
  if (variantDigest === '') return 'Compose a variant first.';
  if (environment === '') return 'Name the environment.';
  return Number.isInteger(canaryPercent) && Number(canaryPercent) >= 0 && Number(canaryPercent) < 100
    ? undefined
    : 'The trial share is a whole number from 0 to 99.';
}

function described({ outcome, kind, phase }: Verdict): string {
  return `${words(outcome)}, ${kind === 'PHASE' && phase != null ? `phase ${words(phase).toLowerCase()}` : 'release'}`;
}
