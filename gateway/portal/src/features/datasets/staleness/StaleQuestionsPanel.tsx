import { Card, CardBody, CardTitle, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { StaleQuestionsTable } from './StaleQuestionsTable';
import { staleQuestionsQuery, type Against, type StaleCause, type StaleQuestions } from './staleQuestions';
import { TextField } from '@/shared/form/fields';
import { FilterForm } from '@/shared/form/FilterForm';
import { trimmedText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { itemReaders } from '@/shared/items/items';
import { may, useSession } from '@/shared/session/session';
import { count, words } from '@/shared/text/format';
import { Loaded } from '@/shared/ui/Loaded';
import { PagedList } from '@/shared/ui/PagedList';

const schema = z.object({ documents: trimmedText(), since: trimmedText() });

/** Checks the questions of a version against a version of documents, and lists the outdated ones. */
export function StaleQuestionsPanel({ dataset, version }: { dataset: string; version: number }): ReactNode {
  const readable = may(useSession(), ...itemReaders);
  const [against, setAgainst] = useState<Against>();
  return (
    <Card isCompact id="stale-questions">
      <CardTitle component="h2">Questions and newer documents</CardTitle>
      <CardBody className="pl-stack">
        {readable ? (
          <>
            <Versions key={JSON.stringify(against)} against={against} onAgainst={setAgainst} />
            {against && <Stale key={JSON.stringify(against)} dataset={dataset} version={version} against={against} />}
          </>
        ) : (
          <p>Questions may contain restricted data. To list them, you need the role {itemReaders.join(' or ')}.</p>
        )}
      </CardBody>
    </Card>
  );
}

interface VersionsProps {
  against: Against | undefined;
  onAgainst: (against: Against | undefined) => void;
}

function Versions({ against, onAgainst }: VersionsProps): ReactNode {
  const form = useCommandForm({
    schema,
    initial: { documents: against?.documents ?? '', since: against?.since ?? '' },
    command: ({ documents, since }): Against => ({ documents, since: since || undefined }),
    send: (typed) => Promise.resolve(typed),
    onSent: (typed) => onAgainst(typed.documents === '' ? undefined : typed),
  });
  return (
    <FilterForm
      form={form}
      help={
        'Write each version as dataset/version. ' +
        'With an earlier version, questions whose document changed or lost an expected answer are listed as well.'
      }
      onClear={() => onAgainst(undefined)}
    >
      <TextField
        id="stale-documents"
        control={form.control}
        name="documents"
        label="Documents"
        placeholder="shop-pages/4"
      />
      <TextField
        id="stale-since"
        control={form.control}
        name="since"
        label="Compared with (optional)"
        placeholder="shop-pages/2"
      />
    </FilterForm>
  );
}

function Stale({ dataset, version, against }: { dataset: string; version: number; against: Against }): ReactNode {
  const [cause, setCause] = useState<StaleCause>();
  const [token, setToken] = useState<string>();
  const query = useQuery(staleQuestionsQuery(dataset, version, against, cause, token));
  return (
    <Loaded query={query} what="the questions" rows={4}>
      {(found) => (
        <>
          <p>
            {count(found.stale)} of {count(found.withPassages)} questions that name documents no longer fit{' '}
            {found.documents}.
          </p>
          <Causes
            found={found}
            cause={cause}
            onCause={(next) => {
              setCause(next);
              setToken(undefined);
            }}
          />
          <PagedList
            query={query}
            what="questions"
            token={token}
            onToken={setToken}
            empty={<p>All questions still fit these documents.</p>}
          >
            {(questions) => <StaleQuestionsTable dataset={dataset} version={version} questions={questions} />}
          </PagedList>
        </>
      )}
    </Loaded>
  );
}

interface CausesProps {
  found: StaleQuestions;
  cause: StaleCause | undefined;
  onCause: (cause: StaleCause | undefined) => void;
}

/** The number of questions per cause. Choosing a cause lists only its questions. */
function Causes({ found: { counts, stale }, cause, onCause }: CausesProps): ReactNode {
  const found = (Object.entries(counts) as [StaleCause, number][]).filter(([, questions]) => questions > 0);
  if (stale === 0) return null;
  return (
    <ToggleGroup aria-label="Cause">
      <ToggleGroupItem
        text={`All ${count(stale)}`}
        isSelected={cause === undefined}
        onChange={() => onCause(undefined)}
      />
      {found.map(([one, questions]) => (
        <ToggleGroupItem
          key={one}
          text={`${words(one)} ${count(questions)}`}
          isSelected={one === cause}
          onChange={() => onCause(one)}
        />
      ))}
    </ToggleGroup>
  );
}
