import {
  Alert,
  AlertActionLink,
  Flex,
  List,
  ListItem,
  ProgressStep,
  ProgressStepper,
  Skeleton,
} from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { criteriaQuery } from '@/shared/data/applications';
import { runsQuery, verdictsQuery } from '@/shared/data/evaluations';
import { variantName, variantsQuery } from '@/shared/data/variants';
import { useOpenForm } from '@/shared/data/applicationForm';
import { carriesVerdicts, suitesQuery } from '@/shared/data/suites';
import { releasesQuery } from '@/shared/data/releases';
import { improvements, nextStep, stages, type Evidence, type Step } from './nextStep';
import { withMetricNames } from '@/shared/text/metrics';
import { LinkButton } from '@/shared/ui/LinkButton';
import { RoleButton } from '@/shared/ui/RoleButton';

/** The next step towards a release. Once a release is active, shows it and the work under way beside it. */
export function NextStep({ application }: { application: string }): ReactNode {
  const suites = useQuery(suitesQuery);
  const criteria = useQuery(criteriaQuery(application));
  const variants = useQuery(variantsQuery(application));
  const runs = useQuery(runsQuery(application));
  const verdicts = useQuery(verdictsQuery(application));
  const releases = useQuery(releasesQuery(application));
  const unknown = Object.entries({
    strategy: [criteria],
    evaluation: [suites, runs, verdicts],
    inference: [variants, releases],
  }).flatMap(([service, queries]) =>
    queries.some(({ isError, data }) => isError && data === undefined) ? [service] : [],
  );
  if (unknown.length > 0) return <Unknown services={unknown} />;
  if (!suites.data || !criteria.data || !variants.data || !runs.data || !verdicts.data || !releases.data)
    return <Skeleton height="4.5rem" screenreaderText="Loading the state of the application" />;
  const evidence: Evidence = {
    suites: suites.data.items.filter(carriesVerdicts),
    criteria: criteria.data.items,
    variants: variants.data.items,
    runs: runs.data.items,
    verdicts: verdicts.data.items,
    releases: releases.data.items,
  };
  const step = nextStep(evidence);
  if (step === undefined) return <Served evidence={evidence} />;
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
      <ReleaseProgress at={step.stage} />
    </Alert>
  );
}

/** An alert in place of the state, so that a failure is not mistaken for an empty state. */
function Unknown({ services }: { services: string[] }): ReactNode {
  const queries = useQueryClient();
  return (
    <Alert
      isInline
      variant="warning"
      component="h2"
      title={`State unknown: ${services.join(' and ')} ${services.length === 1 ? 'does' : 'do'} not answer`}
      actionLinks={
        <AlertActionLink onClick={() => void queries.refetchQueries({ type: 'active' }, { cancelRefetch: false })}>
          Try again
        </AlertActionLink>
      }
    />
  );
}

/** The active releases, with links to call them and roll them back, and the work under way beside them. */
function Served({ evidence }: { evidence: Evidence }): ReactNode {
  const { releases, variants } = evidence;
  const open = useOpenForm();
  const next = improvements(evidence);
  return (
    <Alert
      isInline
      variant="success"
      component="h2"
      title={releases
        .filter(({ state }) => state === 'ACTIVE')
        .map(({ variantDigest, environment }) => `${variantName(variants, variantDigest)} serves ${environment}`)
        .join(', ')}
      actionLinks={
        <LinkButton variant="link" isInline to="." search={(search) => ({ ...search, tab: 'releases' })}>
          The release, and how to call it
        </LinkButton>
      }
    >
      {next.length > 0 && (
        <List>
          {next.map(({ text, act, waitsForApproval }) => (
            <ListItem key={text}>
              {text}{' '}
              {act && (
                <RoleButton
                  roles={['prompt-engineer', 'ml-engineer']}
                  variant="link"
                  isInline
                  onClick={() => open(act.doing, act)}
                >
                  {act.text}
                </RoleButton>
              )}
              {waitsForApproval && (
                <LinkButton variant="link" isInline to="/approvals">
                  Open the approvals
                </LinkButton>
              )}
            </ListItem>
          ))}
        </List>
      )}
    </Alert>
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

function ReleaseProgress({ at }: { at: Step['stage'] }): ReactNode {
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
