import { PageSection } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { asDraft, emptyDraft } from './editor/versionDraft';
import { promptQuery } from './prompts';
import { promptVersionQuery } from '@/shared/data/promptVersions';
import { VersionForm } from './VersionForm';
import { Loaded } from '@/shared/ui/Loaded';
import { PageHeader } from '@/shared/ui/PageHeader';

/** The page to write a version, starting from an earlier one or empty. */
export function NewVersionPage(): ReactNode {
  const { name } = useParams({ from: '/prompts/$name/new-version' });
  const { from } = useSearch({ from: '/prompts/$name/new-version' });
  const prompt = useQuery(promptQuery(name));
  const base = Number(from ?? prompt.data?.latestVersion ?? 0) || undefined;
  const earlier = useQuery({ ...promptVersionQuery(name, base ?? 0), enabled: base !== undefined });
  return (
    <>
      <PageHeader
        title="New version"
        about={`${name} – Prompt`}
        trail={[
          <Link key="prompts" to="/prompts">
            Prompts
          </Link>,
          <Link key="prompt" to="/prompts/$name" params={{ name }}>
            {name}
          </Link>,
        ]}
        description={
          prompt.isSuccess &&
          (base === undefined ? 'The first version of this prompt.' : `Starts from v${base}, which stays as it is.`)
        }
      />
      <PageSection isFilled>
        <Loaded query={prompt} what="the prompt">
          {() =>
            base === undefined ? (
              <VersionForm name={name} initial={emptyDraft} />
            ) : (
              <Loaded query={earlier} what={`version ${base}`}>
                {(version) => <VersionForm name={name} parent={base} initial={asDraft(version)} />}
              </Loaded>
            )
          }
        </Loaded>
      </PageSection>
    </>
  );
}
