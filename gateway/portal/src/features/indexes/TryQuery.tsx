import { Card, CardBody, CardTitle, Form } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { FoundPassages } from './FoundPassages';
import { searchers, searchQuery } from './indexes';
import type { Index } from '@/shared/data/indexes';
import { TextField } from '@/shared/form/fields';
import { optionalNumber, requiredText, z } from '@/shared/form/schema';
import { useCommandForm } from '@/shared/form/useCommandForm';
import { may, useSession } from '@/shared/session/session';
import { Loaded } from '@/shared/ui/Loaded';
import { RoleButton } from '@/shared/ui/RoleButton';

const usual = 5;
const MAX_RESULTS = 20;
const MAX_LENGTH = 2_000;
const isCount = (value: number) => Number.isInteger(value) && value >= 1 && value <= MAX_RESULTS;

const schema = z.object({
  query: requiredText('Enter what to search for.').check(
    z.maxLength(MAX_LENGTH, `A query has at most ${MAX_LENGTH} characters.`),
  ),
  count: optionalNumber(`Enter a number from 1 to ${MAX_RESULTS}.`, isCount),
});

/** Searches like a variant without reranking. The address has the query, so that a link shows the same results. */
export function TryQuery({ index }: { index: Index }): ReactNode {
  const { query = '', count } = useSearch({ from: '/indexes/$index' });
  const allowed = may(useSession(), ...searchers);
  return (
    <Card isCompact>
      <CardTitle component="h2">Try a query</CardTitle>
      <CardBody className="pl-stack">
        <p>
          Shows the passages that a variant would find for this last message, before any reranking by sentence. The
          results show text of documents, so each search is recorded in the ledger.
        </p>
        <QueryForm index={index} query={query} count={count ?? ''} allowed={allowed} />
        {query !== '' &&
          (allowed ? (
            index.state === 'READY' && <Results index={index} query={query} count={Number(count)} />
          ) : (
            <p>Your roles do not allow searching, so the search was not run.</p>
          ))}
      </CardBody>
    </Card>
  );
}

interface QueryFormProps {
  index: Index;
  /** The query and its limit from the address. */
  query: string;
  count: string;
  allowed: boolean;
}

function QueryForm({ index, query, count, allowed }: QueryFormProps): ReactNode {
  const navigate = useNavigate({ from: '/indexes/$index' });
  const form = useCommandForm({
    schema,
    initial: { query, count },
    command: (typed) => typed,
    send: (typed) => Promise.resolve(typed),
    onSent: (typed) =>
      navigate({
        search: (search) => ({ ...search, query: typed.query, count: typed.count?.toString() }),
        resetScroll: false,
      }),
  });
  const { control, set } = form;
  // Back and forward change the address of an open form. The field that sent the search keeps the focus.
  useEffect(() => {
    if (query === '') return;
    set('query', query);
    set('count', count);
  }, [set, query, count]);
  return (
    <Form
      noValidate
      className="pl-query"
      onSubmit={(event) => {
        event.preventDefault();
        if (allowed && index.state === 'READY') form.submit();
      }}
    >
      <TextField id="try-query" control={control} name="query" label="Query" isRequired />
      <TextField
        id="try-count"
        control={control}
        name="count"
        label={`Passages, 1 to ${MAX_RESULTS}`}
        type="number"
        placeholder={String(usual)}
      />
      <div className="pl-query-send">
        <RoleButton
          type="submit"
          variant="secondary"
          roles={searchers}
          reason={index.state === 'READY' ? undefined : 'The index can be searched once it is built.'}
        >
          Search
        </RoleButton>
      </div>
    </Form>
  );
}

function Results({ index, query, count }: { index: Index; query: string; count: number }): ReactNode {
  const found = useQuery(searchQuery(index.indexId, query, isCount(count) ? count : usual));
  return (
    <Loaded query={found} what="passages" rows={6}>
      {({ passages }) => <FoundPassages passages={passages} query={query} index={index} />}
    </Loaded>
  );
}
