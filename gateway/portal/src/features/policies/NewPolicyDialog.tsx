import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { targetsQuery } from './policies';
import { useDraft } from '@/shared/session/draft';
import { TextField } from '@/shared/ui/Field';
import { FormDialog } from '@/shared/ui/FormDialog';
import { SelectField } from '@/shared/ui/SelectField';

const kebab = /^[a-z][a-z0-9-]{0,59}$/;

/** What stays the same for all versions; the rules are written on the page that follows. */
export function NewPolicyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const targets = useQuery(targetsQuery);
  const { value, change, forget } = useDraft('policy.new', { name: '', target: '' });
  const name = value.name.trim();
  const named = kebab.test(name);
  return (
    <FormDialog
      title="New policy"
      description="Joins the policies that are active for its target: all of them must hold."
      action="Write its rules"
      pending={false}
      blocked={named && value.target !== '' ? undefined : 'Give it a name and a target.'}
      error={targets.error}
      onSubmit={() => {
        forget();
        void navigate({ to: '/policies/$name/new-version', params: { name }, search: { target: value.target } });
      }}
      onClose={onClose}
    >
      <TextField
        id="policy-name"
        label="Name"
        isRequired
        autoFocus
        value={value.name}
        error={name === '' || named ? undefined : 'Begin with a letter; lower case, digits and hyphens, at most 60.'}
        help="Lower case with hyphens: release-of-critical-applications"
        onChange={(next) => change({ ...value, name: next })}
      />
      <SelectField
        id="policy-target"
        label="Target"
        isRequired
        value={value.target}
        placeholder="Choose a target"
        choices={(targets.data?.items ?? []).map((target) => ({ value: target.name, label: target.name }))}
        help="The gate that it holds. A policy keeps its target."
        onChange={(target) => change({ ...value, target })}
      />
    </FormDialog>
  );
}
