import { Alert, Flex, List, ListItem, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { criteriaQuery } from '@/shared/data/applications';
import { runsQuery, verdictsQuery } from '@/shared/data/evaluations';
import { type Variant, variantName, variantsQuery } from '@/shared/data/variants';
import { useOpenForm } from '@/shared/data/applicationForm';
import { carriesVerdicts, suitesQuery } from '@/shared/data/suites';
import { releasesQuery, type Release } from '@/shared/data/releases';
import { nextStep, stages, type Step } from './nextStep';
import { withMetricNames } from '@/shared/text/metrics';
import { LinkButton } from '@/shared/ui/LinkButton';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The next step towards a release, or what serves once there is one; nothing while data is still loading. */
export function NextStep({ application }: { application: string }): ReactNode {
  const suites = useQuery(suitesQuery).data?.items;
  const criteria = useQuery(criteriaQuery(application)).data?.items;
  const variants = useQuery(variantsQuery(application)).data?.items;
  const runs = useQuery(runsQuery(application)).data?.items;
  const verdicts = useQuery(verdictsQuery(application)).data?.items;
  const releases = useQuery(releasesQuery(application)).data?.items;
  if (!suites || !criteria || !variants || !runs || !verdicts || !releases) return null;
  const step = nextStep({ suites: suites.filter(carriesVerdicts), criteria, variants, runs, verdicts, releases });
  if (step === undefined)
    return <Served releases={releases.filter(({ state }) => state === 'ACTIVE')} variants={variants} />;
  return (
    <Alert
      isInline
      variant="info"
      component="h2"
      title={step.act ? `Next: ${step.title.charAt(0).toLowerCase()}${step.title.slice(1)}` : step.title}
      actionLinks={<Actions step={step} />}
    >
      <p>{step.why}</p>
      {step.reasons && step.reasons.length > 0 && (
        <List>
          {step.reasons.map((reason) => (
            <ListItem key={reason}>{withMetricNames(reason)}</ListItem>
          ))}
        </List>
      )}
      <Way at={step.stage} />
    </Alert>
  );
}

/** Where the way has led: what serves, and where that can be called and taken back. */
function Served({ releases, variants }: { releases: Release[]; variants: Variant[] }): ReactNode {
  return (
    <Alert
      isInline
      variant="success"
      component="h2"
      title={releases
        .map(({ variantDigest, environment }) => `${variantName(variants, variantDigest)} serves ${environment}`)
        .join(', ')}
      actionLinks={
        <LinkButton variant="link" isInline to="." search={(search) => ({ ...search, tab: 'releases' })}>
          The release, and how to call it
        </LinkButton>
      }
    />
  );
}

function Actions({ step: { act, also, waitsForApproval, stage } }: { step: Step }): ReactNode {
  const open = useOpenForm();
  return (
    <Flex gap={{ default: 'gapSm' }}>
      {act && (
        <RoleButton
          roles={['prompt-engineer', 'ml-engineer']}
          variant="primary"
          size="sm"
          onClick={() => open(act.doing, act)}
        >
          {act.text}
        </RoleButton>
      )}
      {also && (
        <RoleButton
          roles={['prompt-engineer', 'ml-engineer']}
          variant="secondary"
          size="sm"
          onClick={() => open(also.doing, also)}
        >
          {also.text}
        </RoleButton>
      )}
      {stage === 'Variant' && (
        <LinkButton variant="link" size="sm" to="/prompts" search={{ do: 'new' }}>
          Write a prompt
        </LinkButton>
      )}
      {stage === 'Suite' && (
        <LinkButton variant="link" size="sm" to="/datasets">
          Datasets
        </LinkButton>
      )}
      {waitsForApproval && (
        <LinkButton variant="secondary" size="sm" to="/approvals">
          Open the approvals
        </LinkButton>
      )}
    </Flex>
  );
}

function Way({ at }: { at: Step['stage'] }): ReactNode {
  const here = stages.indexOf(at);
  return (
    <ProgressStepper aria-label="Progress to a release" className="pl-way">
      {stages.map((stage, index) => (
        <ProgressStep
          key={stage}
          id={`way-${stage}`}
          titleId={`way-${stage}-title`}
          variant={index < here ? 'success' : index === here ? 'info' : 'pending'}
          isCurrent={index === here}
          aria-label={`${stage}: ${index < here ? 'done' : index === here ? 'next' : 'later'}`}
        >
          {stage}
        </ProgressStep>
      ))}
    </ProgressStepper>
  );
}
