import { Alert } from '@patternfly/react-core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { AddToDatasetDialog } from './AddToDatasetDialog';
import { collectors, type Candidate } from './draft';
import { RoleButton } from '@/shared/ui/RoleButton';

interface AddToDatasetProps {
  candidate: Candidate;
  /** The reason why it cannot become an item. */
  reason?: string | undefined;
  /** The accessible name of the button, if there are several. */
  label?: string;
  /** A note about the parts of the request that the item lacks. */
  note?: string | undefined;
}

/** The button that adds a conversation to the draft of a dataset, with a message about the result. */
export function AddToDataset({ candidate, reason, label = 'Add to a dataset', note }: AddToDatasetProps): ReactNode {
  const [adding, add] = useState(false);
  const [added, setAdded] = useState<string>();
  return (
    <>
      <RoleButton
        variant="secondary"
        size="sm"
        roles={collectors}
        reason={reason}
        aria-label={label}
        onClick={() => add(true)}
      >
        Add to a dataset
      </RoleButton>
      <div role="status">
        {added !== undefined && (
          <Alert isInline isPlain variant="success" component="h3" title="Added to the draft of">
            <Link to="/datasets/$name" params={{ name: added }}>
              {added}
            </Link>
          </Alert>
        )}
      </div>
      {adding && (
        <AddToDatasetDialog
          candidate={candidate}
          note={note}
          onAdded={(dataset) => {
            setAdded(dataset);
            add(false);
          }}
          onClose={() => add(false)}
        />
      )}
    </>
  );
}
