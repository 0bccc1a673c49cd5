import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { assessmentsQuery, criteriaQuery } from './applications';
import { AssessDialog } from './AssessDialog';
import { BaselineDialog } from './BaselineDialog';
import { CompareDialog } from './CompareDialog';
import { CostDialog } from './CostDialog';
import { CriteriaDialog } from './CriteriaDialog';
import { MeasureDialog } from './MeasureDialog';
import { useClose, type Doing } from './opening';
import { RequestReleaseDialog } from './RequestReleaseDialog';
import { VariantDialog } from './VariantDialog';
import { VerdictDialog } from './VerdictDialog';
import { WaiverDialog } from './WaiverDialog';
import { may, useSession } from '@/shared/session/session';

/** The form that the address names, over whichever tab is open; not for those whom every button of the page refuses it. */
export function OpenForm({ application }: { application: string }): ReactNode {
  const { do: doing, variant, run } = useSearch({ from: '/apps/$app' });
  const close = useClose();
  const mayWrite = may(useSession(), 'prompt-engineer', 'ml-engineer');
  const criteria = useQuery(criteriaQuery(application)).data?.items;
  const assessments = useQuery(assessmentsQuery(application)).data?.items;
  const form = (tab: string) => ({ application, onDone: () => close(tab), onClose: () => close() });
  if (!mayWrite) return null;
  switch (doing as Doing | undefined) {
    case 'assess':
      return assessments && <AssessDialog {...form('phases')} before={assessments[0]?.answers} />;
    case 'criteria':
      return criteria && <CriteriaDialog {...form('phases')} inForce={criteria[0]} />;
    case 'variant':
      return <VariantDialog {...form('variants')} />;
    case 'measure':
      return <MeasureDialog {...form('measurements')} variant={variant} />;
    case 'baseline':
      return <BaselineDialog {...form('measurements')} run={run} />;
    case 'compare':
      return <CompareDialog {...form('measurements')} />;
    case 'verdict':
      return <VerdictDialog {...form('measurements')} run={run} />;
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
