import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { actOnRelease, type ReleaseAction } from './releases';
import type { Release } from '@/shared/data/releases';
import { Problem } from '@/shared/http/problem';
import { short } from '@/shared/text/format';
import { ReasonDialog } from '@/shared/form/ReasonDialog';

interface ReleaseActionDialogProps {
  application: string;
  release: Release;
  action: ReleaseAction;
  variant: string | undefined;
  /** The variant that a rollback restores, if there is one. */
  target?: { variant: string; outcome: string | undefined } | undefined;
  onClose: () => void;
}

const texts: Record<ReleaseAction, { title: string; confirm: string; effect: string }> = {
  rollback: {
    title: 'Roll back the release',
    confirm: 'Roll back',
    effect: 'The previous variant takes all traffic at once.',
  },
  halt: {
    title: 'Halt the canary',
    confirm: 'Halt',
    effect: 'The canary gets no more traffic; the active variant takes all of it.',
  },
  withdraw: {
    title: 'Withdraw the request',
    confirm: 'Withdraw',
    effect: 'Nobody can approve the request any longer. To release the variant later, request it again.',
  },
  promote: { title: 'Promote the canary', confirm: 'Promote', effect: 'The canary takes all traffic from now on.' },
};

/** The problems after which the same person may confirm what they do. */
const confirmable = new Set<string | undefined>(['/problems/rollback-unacknowledged', '/problems/canary-evidence']);

export function ReleaseActionDialog({
  application,
  release,
  action,
  variant,
  target,
  onClose,
}: ReleaseActionDialogProps): ReactNode {
  const queries = useQueryClient();
  const { title, confirm, effect } = texts[action];
  // What stands against it is shown first. Sending again acknowledges or overrides that.
  const [shown, setShown] = useState(false);
  const send = async (reason: string): Promise<Release> => {
    try {
      return await actOnRelease(release.releaseId, action, reason, shown);
    } catch (error) {
      if (error instanceof Problem && confirmable.has(error.details.type)) setShown(true);
      throw error;
    }
  };
  return (
    <ReasonDialog
      title={title}
      action={shown ? (action === 'promote' ? 'Promote without it' : 'Acknowledge and roll back') : confirm}
      danger={action !== 'promote'}
      draft={`release.${release.releaseId}.${action}`}
      send={send}
      onSent={async () => {
        await queries.invalidateQueries({ queryKey: ['releases', application] });
        if (action === 'withdraw') await queries.invalidateQueries({ queryKey: ['approvals'] });
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        {application} in {release.environment}: {variant ?? short(release.variantDigest)}
        {action === 'withdraw' ? '.' : ` at ${release.percent} %.`} {effect}
      </p>
      {shown && action === 'promote' && (
        <p>The reason is recorded as the reason for promoting the canary without the evidence that was registered.</p>
      )}
      {target && (
        <p>
          The traffic goes back to {target.variant}; {target.outcome ?? 'it has no known verdict'}.
        </p>
      )}
    </ReasonDialog>
  );
}
