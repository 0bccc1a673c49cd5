import { Alert, Button, Flex, Form, TextArea } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { Flaws } from './Flaws';
import { check, propose, type Policy } from './policies';
import { RuleHelp } from './RuleHelp';
import { showPlace } from './showPlace';
import { z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { Field } from '@/shared/form/Field';
import { KeptDraft } from '@/shared/form/KeptDraft';
import { LinkButton } from '@/shared/ui/LinkButton';
import { RoleButton } from '@/shared/ui/RoleButton';

const empty = `[
  {"name": "",
   "expression": "",
   "message": ""}
]
`;

interface PolicyFormProps {
  name: string;
  target: string;
  /** The version that the text starts from. */
  base: Policy | undefined;
  active: Policy | undefined;
}

const schema = z.object({ source: z.string() });

/** The form for the rules as text. The service checks them before they are proposed. */
export function PolicyForm({ name, target, base, active }: PolicyFormProps): ReactNode {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const area = useRef<HTMLTextAreaElement>(null);
  const form = useCommandForm({
    draft: `policy.${name}.${base?.version ?? 0}`,
    schema,
    initial: { source: base?.source ?? empty },
    command: ({ source }) => ({ name, target, source }),
    send: propose,
    onSent: async () => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      await navigate({ to: '/policies' });
    },
  });
  const { source } = form.values;
  const checking = useMutation({ mutationFn: (text: string) => check(target, text) });
  const checked = checking.isSuccess && checking.variables === source;
  const error = form.error ?? checking.error;
  const refused = error != null;
  return (
    <Form
      className="pl-beside"
      onSubmit={(event) => {
        event.preventDefault();
        form.clear();
        checking.mutate(source);
      }}
    >
      <div className="pl-stack">
        {form.restored && <KeptDraft title="Your text was restored" onDiscard={form.reset} />}
        <Field
          id="policy-source"
          label="Rules, as JSON"
          isRequired
          help="The text is recorded and hashed exactly as written here."
        >
          <TextArea
            id="policy-source"
            ref={area}
            className="pl-mono"
            value={source}
            rows={22}
            resizeOrientation="vertical"
            spellCheck={false}
            isRequired
            validated={refused ? 'error' : 'default'}
            aria-describedby={refused ? 'policy-flaws' : 'policy-source-help'}
            onChange={(_event, text) => form.set('source', text)}
          />
        </Field>
        <Flex>
          <Button type="submit" variant="secondary" isLoading={checking.isPending} isDisabled={checking.isPending}>
            Check
          </Button>
          <RoleButton
            variant="primary"
            roles={['compliance-officer']}
            reason={
              source === active?.source
                ? `These are the rules in force, v${active.version}.`
                : checked
                  ? undefined
                  : 'Check the rules first.'
            }
            isLoading={form.pending}
            isDisabled={form.pending}
            onClick={form.submit}
          >
            Propose
          </RoleButton>
          <LinkButton variant="link" to={base ? '/policies/$name' : '/policies'} params={{ name }}>
            Cancel
          </LinkButton>
        </Flex>
      </div>
      <div className="pl-stack">
        {refused && (
          <div id="policy-flaws">
            <Flaws error={error} source={source} onShow={(place) => area.current && showPlace(area.current, place)} />
          </div>
        )}
        {checked && !refused && (
          <Alert isInline variant="success" component="h2" role="status" title="The rules can be proposed">
            {active
              ? `They replace v${active.version} once another person activates them.`
              : 'They take effect once another person activates them.'}
          </Alert>
        )}
        <RuleHelp target={target} />
      </div>
    </Form>
  );
}
