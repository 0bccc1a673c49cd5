import { Alert } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { isAdmitted, type Dataset, type DatasetVersion, type Split } from './datasets';
import { splitReference } from '@/shared/data/splits';
import { LinkButton } from '@/shared/ui/LinkButton';

interface NextStepProps {
  version: DatasetVersion;
  splits: Split[] | undefined;
  kind: Dataset['kind'] | undefined;
}

/** The next step of a version: what it needs before it can be used, or the ways to use it. */
export function NextStep({ version, splits, kind }: NextStepProps): ReactNode {
  if (splits === undefined || kind === undefined) return null;
  const step = nextStep(version, splits, kind);
  const ready = step === 'USE';
  const reference = splitReference(
    version.dataset,
    version.version,
    splits.find(({ state }) => state === 'READY')?.splitDigest,
  );
  return (
    <Alert isInline component="h2" variant={ready ? 'success' : 'info'} title={titles[step]}>
      {step === 'MASK' && <a href="#mask">Go to masking</a>}
      {step === 'SPLIT' && <a href="#splits">Go to the splits</a>}
      {step === 'ADMIT' && <a href="#admission">Go to the admission</a>}
      {ready && (
        <>
          {kind === 'DOCUMENTS' && (
            <LinkButton variant="link" isInline to="/indexes" search={{ build: reference }}>
              Build an index to retrieve passages from
            </LinkButton>
          )}
          {kind === 'PREFERENCE' && <a href="#export">Export it for preference fine-tuning</a>}
          {kind !== 'DOCUMENTS' && kind !== 'PREFERENCE' && (
            <LinkButton variant="link" isInline to="/apps">
              Evaluate a variant in an application
            </LinkButton>
          )}
          {kind === 'CLASSIFICATION' && (
            <>
              {' · '}
              <LinkButton variant="link" isInline to="/indexes" search={{ build: reference }}>
                Build an index to retrieve examples from
              </LinkButton>
              {' · '}
              <LinkButton variant="link" isInline to="/training/new" search={{ split: reference }}>
                Train on it
              </LinkButton>
            </>
          )}
        </>
      )}
    </Alert>
  );
}

type Step = 'MASK' | 'SPLIT' | 'WAIT' | 'ADMIT' | 'USE';

const titles: Record<Step, string> = {
  MASK: 'Next: mask the personal data or secrets that were found, which creates a new version',
  SPLIT: 'Next: split the rows into training, validation and test subsets',
  WAIT: 'The rows are being split',
  ADMIT: 'Next: request admission for the intended uses',
  USE: 'Ready to be used',
};

function nextStep(version: DatasetVersion, splits: Split[], kind: Dataset['kind']): Step {
  const { report, masked } = version;
  const found = report == null ? 0 : report.privacy.personal + report.privacy.secrets;
  if (isAdmitted(version) && splits.some(({ state }) => state === 'READY')) return 'USE';
  if (found > 0 && !masked) return 'MASK';
  if (splits.some(({ state }) => state === 'READY')) return 'ADMIT';
  return kind === 'DOCUMENTS' || splits.some(({ state }) => state === 'SPLITTING') ? 'WAIT' : 'SPLIT';
}
