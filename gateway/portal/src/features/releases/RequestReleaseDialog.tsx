import { Alert, List, ListItem } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { environmentsQuery, requestRelease, type NewRelease } from './releases';
import { verdictsQuery, type Verdict } from '@/shared/data/evaluations';
import { useRefreshApproval } from '@/shared/data/activePolicies';
import { variantsQuery } from '@/shared/data/variants';
import { ChoiceField, TextAreaField, TextField } from '@/shared/form/fields';
import { optionalNumber, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { inSentence, words } from '@/shared/text/format';
import { withMetricNames } from '@/shared/text/metrics';
import { formatTime, useZone } from '@/shared/text/time';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({
  variantDigest: z.string(),
  verdictId: z.string(),
  environment: z.string(),
  canaryPercent: optionalNumber(
    'The canary share is a whole number from 0 to 99.',
    (share) => Number.isInteger(share) && share >= 0 && share < 100,
  ),
  canaryAnswers: optionalNumber(
    'The answers to compare are a whole number from 20 to 1,000,000.',
    (answers) => Number.isInteger(answers) && answers >= 20 && answers <= 1_000_000,
  ),
  override: trimmedText(),
});

/** The default environment, for clients that name none. */
const USUAL = 'production';

interface RequestReleaseDialogProps {
  application: string;
  variant: string | undefined;
  onDone: () => void;
  onClose: () => void;
}

/** The dialog that requests the release of a variant to an environment. A second person decides. */
export function RequestReleaseDialog({
  application,
  variant: pointed,
  onDone,
  onClose,
}: RequestReleaseDialogProps): ReactNode {
  const queries = useQueryClient();
  const [zone] = useZone();
  const form = useCommandForm({
    draft: `release.${application}`,
    schema,
    initial: { variantDigest: '', verdictId: '', environment: '', canaryPercent: '0', canaryAnswers: '', override: '' },
    command: ({ canaryPercent = 0, canaryAnswers, override }): NewRelease => ({
      application,
      variantDigest,
      environment,
      verdictId: verdict?.verdictId,
      canaryPercent,
      canaryAnswers: canaryPercent > 0 ? canaryAnswers : undefined,
      override: failed && override !== '' ? override : undefined,
    }),
    send: requestRelease,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['releases', application] });
      onDone();
    },
  });
  const { control, values } = form;
  const variants = useQuery(variantsQuery(application)).data?.items ?? [];
  const all = (useQuery(verdictsQuery(application)).data?.items ?? []).filter(
    ({ kind }) => kind === 'RELEASE' || kind === 'PHASE' || kind === 'REFRESH',
  );
  const variantDigest =
    values.variantDigest ||
    pointed ||
    all.find(({ outcome }) => outcome === 'PASS')?.subjectDigest ||
    variants[0]?.variantDigest ||
    '';
  const verdicts = all.filter(({ subjectDigest }) => subjectDigest === variantDigest);
  const verdict = verdicts.find(({ verdictId }) => verdictId === values.verdictId) ?? verdicts[0];
  const known = useQuery(environmentsQuery(application)).data?.environments ?? [USUAL];
  const environment = values.environment || (known.includes(USUAL) ? USUAL : known[0]);
  const environments = environment === undefined || known.includes(environment) ? known : [environment, ...known];
  const approval = useRefreshApproval();
  const failed = verdict?.outcome === 'FAIL' && verdict.kind !== 'REFRESH';
  return (
    <FormDialog
      title="Request a release"
      description={
        'An approver who is neither the requester nor an author must approve the request. A policy may ' +
        'approve a refresh of the released documents. The variant serves as soon as it is approved.'
      }
      action="Request release"
      form={form}
      blocked={variantDigest === '' ? 'Compose a variant first.' : form.blocked}
      onClose={onClose}
    >
      <ChoiceField
        id="release-variant"
        control={control}
        name="variantDigest"
        label="Variant"
        isRequired
        fallback={variantDigest}
        choices={variants.map((one) => ({ value: one.variantDigest, label: `${one.name} · ${one.model}` }))}
        onChosen={() => form.set('verdictId', '')}
      />
      <ChoiceField
        id="release-verdict"
        control={control}
        name="verdictId"
        label="Verdict"
        fallback={verdict?.verdictId}
        placeholder={verdicts.length === 0 ? 'None: the request will be refused' : undefined}
        choices={verdicts.map((one) => ({
          value: one.verdictId,
          label: `${described(one)} · ${formatTime(one.issuedAt, zone)}`,
        }))}
        help={verdict?.kind === 'REFRESH' ? approval : undefined}
      />
      {verdict && verdict.outcome !== 'PASS' && (
        <Alert
          isInline
          variant="warning"
          component="h3"
          title={
            failed
              ? 'This verdict failed'
              : `This verdict ${verdict.outcome === 'FAIL' ? 'failed' : 'is inconclusive'} and cannot be overridden`
          }
        >
          <List>
            {verdict.reasons.map((reason) => (
              <ListItem key={reason}>{withMetricNames(reason)}</ListItem>
            ))}
          </List>
        </Alert>
      )}
      {failed && (
        <TextAreaField
          id="release-override"
          control={control}
          name="override"
          label="Reason for an override"
          rows={2}
          help="A failed verdict can be overridden only with a reason, which the approver judges"
        />
      )}
      <ChoiceField
        id="release-environment"
        control={control}
        name="environment"
        label="Environment"
        isRequired
        fallback={environment}
        choices={environments.map((name) => ({ value: name, label: name }))}
        help="Clients that name no environment get production"
      />
      <TextField
        id="release-percent"
        control={control}
        name="canaryPercent"
        label="Canary share of the traffic, in percent"
        type="number"
        help={
          'With 0, the variant gets all traffic at once. 1 to 99 starts a monitored canary beside the active ' +
          'variant'
        }
      />
      {values.canaryPercent !== '' && values.canaryPercent !== '0' && (
        <TextField
          id="release-answers"
          control={control}
          name="canaryAnswers"
          label="Answers of the canary to compare before it is promoted"
          type="number"
          help="Registered with the request; without a number, as many as the installation says"
        />
      )}
    </FormDialog>
  );
}

function described({ outcome, kind, phase }: Verdict): string {
  if (kind === 'REFRESH') return `${words(outcome)}, refresh of documents`;
  return `${words(outcome)}, ${kind === 'PHASE' && phase != null ? `phase ${inSentence(phase)}` : 'release'}`;
}
