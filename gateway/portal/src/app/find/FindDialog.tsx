import { Modal, ModalBody, ModalHeader, SearchInput } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { foundQuery, matching, type Found } from './found';
import { navigationFor } from '@/app/navigation';
import type { Session } from '@/shared/session/session';

/** The dialog that finds pages and named objects of all kinds. */
export default function FindDialog({ session, onClose }: { session: Session; onClose: () => void }): ReactNode {
  const [typed, type] = useState('');
  const { data, isPending } = useQuery(foundQuery);
  const pages: Found[] = navigationFor(session).flatMap(({ places }) =>
    places.map(({ label, to }) => ({ kind: 'Page', name: label, to })),
  );
  const found = matching([...pages, ...(data?.items ?? [])], typed);
  return (
    <Modal isOpen variant="small" position="top" onClose={onClose} aria-labelledby="find-title">
      <ModalHeader title="Find" labelId="find-title" />
      <ModalBody>
        <div className="pl-stack">
          <SearchInput
            aria-label="Find a page, an application, a prompt, a dataset, a model, an index, a provider or a policy"
            placeholder="Name or kind"
            value={typed}
            // Focus the field, because the dialog is opened to type into it.
            autoFocus
            onChange={(_event, value) => type(value)}
            onClear={() => type('')}
          />
          <ul className="pl-plain" aria-label="Found" aria-busy={isPending}>
            {found.map(({ kind, name, to }) => (
              <li key={`${kind} ${to}`}>
                <Link to={to} onClick={onClose}>
                  {name}
                </Link>{' '}
                <span className="pl-subtle">{kind}</span>
              </li>
            ))}
          </ul>
          {typed.trim() !== '' && found.length === 0 && !isPending && <p>Nothing has that name.</p>}
          {data?.isComplete === false && (
            <p className="pl-subtle">A service does not answer, so some kinds are missing.</p>
          )}
        </div>
      </ModalBody>
    </Modal>
  );
}
