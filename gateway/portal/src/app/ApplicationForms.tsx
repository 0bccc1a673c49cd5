import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { assessmentsQuery } from '@/features/applications/applications';
import { AssessDialog } from '@/features/applications/AssessDialog';
import { CostDialog } from '@/features/costs/CostDialog';
import { CriteriaDialog } from '@/features/criteria/CriteriaDialog';
import { BaselineDialog } from '@/features/evaluations/BaselineDialog';
import { CompareDialog } from '@/features/evaluations/CompareDialog';
import { StartRunDialog } from '@/features/evaluations/StartRunDialog';
import { SuiteDialog } from '@/features/evaluations/SuiteDialog';
import { VerdictDialog } from '@/features/evaluations/VerdictDialog';
import { RequestReleaseDialog } from '@/features/releases/RequestReleaseDialog';
import { RefreshDialog } from '@/features/variants/RefreshDialog';
import { VariantDialog } from '@/features/variants/VariantDialog';
import { WaiverDialog } from '@/features/waivers/WaiverDialog';
import { useCloseForm, useOpenForm, type ApplicationForm } from '@/shared/data/applicationForm';
import { criteriaQuery, inForceOf } from '@/shared/data/applications';
import { may, useSession } from '@/shared/session/session';

/**
 * The dialog that the address names, above the open tab. It is not shown to people without the role that the page's
 * buttons need.
 */
export function ApplicationForms({ application }: { application: string }): ReactNode {
  const { do: opened, variant, run, abstention } = useSearch({ from: '/apps/$app' });
  const close = useCloseForm();
  const open = useOpenForm();
  const mayWrite = may(useSession(), 'prompt-engineer', 'ml-engineer');
  const criteria = useQuery(criteriaQuery(application)).data?.items;
  const assessments = useQuery(assessmentsQuery(application)).data?.items;
  const form = (tab: string) => ({ application, onDone: () => close(tab), onClose: () => close() });
  const toCriteria = () => open('criteria');
  if (!mayWrite) return null;
  switch (opened as ApplicationForm | undefined) {
    case 'assess':
      return assessments && <AssessDialog {...form('phases')} before={assessments[0]?.answers} />;
    case 'suite':
      return (
        criteria && <SuiteDialog {...form('evaluations')} {...(criteria.length === 0 && { onDone: toCriteria })} />
      );
    case 'criteria':
      return criteria && <CriteriaDialog {...form('phases')} inForce={inForceOf(criteria)} />;
    case 'variant':
      return <VariantDialog {...form('variants')} threshold={abstention} />;
    case 'refresh':
      return (
        <RefreshDialog
          {...form('variants')}
          variant={variant}
          onDone={({ variantDigest }) => open('run', { variant: variantDigest })}
        />
      );
    case 'run':
      return <StartRunDialog {...form('evaluations')} variant={variant} />;
    case 'baseline':
      return <BaselineDialog {...form('evaluations')} run={run} />;
    case 'compare':
      return <CompareDialog {...form('evaluations')} />;
    case 'verdict':
      return <VerdictDialog {...form('evaluations')} run={run} />;
    case 'release':
      return <RequestReleaseDialog {...form('releases')} variant={variant} />;
    case 'waiver':
      return <WaiverDialog {...form('waivers')} />;
    case 'costs':
      return <CostDialog {...form('costs')} />;
    case undefined:
      return null;
  }
}
