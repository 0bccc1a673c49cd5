import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { targetsQuery } from './policies';
import { ChoiceField, TextField } from '@/shared/form/fields';
import { requiredText, trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { FormDialog } from '@/shared/form/FormDialog';

const schema = z.object({
  name: trimmedText().check(
    z.regex(
      /^[a-z][a-z0-9-]{0,59}$/,
      'Start with a letter. Use lower case, digits and hyphens, at most 60 characters.',
    ),
  ),
  target: requiredText('Choose a target.'),
});

/** The dialog for the name and target of a policy, which all versions share. The next page has the rules. */
export function NewPolicyDialog({ onClose }: { onClose: () => void }): ReactNode {
  const navigate = useNavigate();
  const targets = useQuery(targetsQuery);
  const form = useCommandForm({
    draft: 'policy.new',
    schema,
    initial: { name: '', target: '' },
    command: (policy) => policy,
    send: ({ name, target }) => navigate({ to: '/policies/$name/new-version', params: { name }, search: { target } }),
    onSent: () => undefined,
  });
  return (
    <FormDialog
      title="New policy"
      description="Applies in addition to the active policies of its target: all of them must be satisfied."
      action="Write its rules"
      form={{ ...form, error: form.error ?? targets.error }}
      onClose={onClose}
    >
      <TextField
        id="policy-name"
        control={form.control}
        name="name"
        label="Name"
        isRequired
        autoFocus
        help="Lower case with hyphens: release-of-critical-applications"
      />
      <ChoiceField
        id="policy-target"
        control={form.control}
        name="target"
        label="Target"
        isRequired
        placeholder="Choose a target"
        choices={(targets.data?.items ?? []).map((target) => ({ value: target.name, label: target.name }))}
        help="The gate that the policy controls. It cannot be changed later."
      />
    </FormDialog>
  );
}
