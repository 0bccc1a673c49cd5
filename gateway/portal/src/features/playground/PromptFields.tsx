import { Button, Flex } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { draftOf, versionOf, type Column } from './board';
import { DraftFields } from './DraftFields';
import { promptsQuery, promptVersionsQuery } from '@/shared/models/modelChoices';
import { promptVersionQuery, writtenAs } from '@/shared/data/promptVersions';
import { SelectField } from '@/shared/form/SelectField';
import { inOneLine } from '@/shared/http/problem';

interface PromptFieldsProps {
  id: string;
  letter: string;
  column: Column;
  onChange: (changed: Partial<Column>) => void;
}

/** The prompt for a bare model: a version, a draft, or none. */
export function PromptFields({ id, letter, column: { prompt, draft }, onChange }: PromptFieldsProps): ReactNode {
  const prompts = useQuery(promptsQuery);
  const chosen = versionOf(prompt);
  const versions = useQuery(promptVersionsQuery(chosen?.name ?? ''));
  const version = useQuery({
    ...promptVersionQuery(chosen?.name ?? '', chosen?.version ?? 0),
    enabled: chosen !== undefined,
  }).data;
  if (draft !== null) {
    const from = versionOf(draft.base);
    return (
      <>
        <p className="pl-subtle">
          {from === undefined ? 'A draft.' : 'A draft, from '}
          {from !== undefined && (
            <Link
              to="/prompts/$name/versions/$version"
              params={{ name: from.name, version: String(from.version) }}
            >{`${from.name} v${from.version}`}</Link>
          )}{' '}
          <Button
            variant="link"
            isInline
            size="sm"
            aria-label={`Discard the draft of column ${letter}`}
            onClick={() => onChange({ draft: null })}
          >
            Discard the draft
          </Button>
        </p>
        <DraftFields id={`${id}-draft`} letter={letter} draft={draft} onChange={(next) => onChange({ draft: next })} />
      </>
    );
  }
  const items = prompts.data?.items ?? [];
  const known = chosen === undefined || items.some(({ name }) => name === chosen.name);
  const numbers = versions.data?.items.map(({ version }) => version) ?? [];
  return (
    <>
      <SelectField
        id={`${id}-prompt`}
        label="Prompt"
        value={chosen?.name ?? ''}
        error={inOneLine(prompts.error)}
        choices={[
          { value: '', label: 'None: the conversation as it is' },
          ...(known ? [] : [{ value: chosen.name, label: chosen.name }]),
          ...items.map(({ name, latestVersion }) => ({ value: name, label: name, isDisabled: latestVersion === 0 })),
        ]}
        onChange={(name) => {
          const latest = items.find((one) => one.name === name)?.latestVersion ?? 1;
          onChange({ prompt: name === '' ? '' : `${name}@${latest}`, variables: {} });
        }}
      />
      {chosen !== undefined && (
        <SelectField
          id={`${id}-version`}
          label="Version"
          value={String(chosen.version)}
          error={inOneLine(versions.error)}
          choices={[...new Set([...numbers, chosen.version])]
            .sort((one, other) => other - one)
            .map((number) => ({ value: String(number), label: `v${number}` }))}
          onChange={(number) => onChange({ prompt: `${chosen.name}@${number}` })}
        />
      )}
      <Flex>
        {chosen === undefined ? (
          <Button
            variant="secondary"
            size="sm"
            aria-label={`Write a draft in column ${letter}`}
            onClick={() => onChange({ draft: draftOf() })}
          >
            Write a draft
          </Button>
        ) : (
          <Button
            variant="secondary"
            size="sm"
            aria-label={`Edit as a draft in column ${letter}`}
            isDisabled={version === undefined}
            onClick={() => onChange({ draft: draftOf(version && writtenAs(version), prompt) })}
          >
            Edit as a draft
          </Button>
        )}
      </Flex>
    </>
  );
}
