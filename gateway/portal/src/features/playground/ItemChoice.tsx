import { FormGroup, Radio } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { itemsQuery } from '@/shared/items/items';
import { ItemSummary } from '@/shared/items/ItemSummary';
import { count } from '@/shared/text/format';
import { PagedList } from '@/shared/ui/PagedList';
import { SearchField } from '@/shared/ui/SearchField';

const shown = 10;

interface ItemChoiceProps {
  dataset: string;
  version: number;
  /** The id of the chosen item; empty before one is. */
  chosen: string;
  onChosen: (itemId: string) => void;
}

/** A field to choose an item of a version. Sensitive values are masked, as in lists. */
export function ItemChoice({ dataset, version, chosen, onChosen }: ItemChoiceProps): ReactNode {
  const [text, search] = useState('');
  const [token, setToken] = useState<string>();
  const query = useQuery(itemsQuery(dataset, version, text === '' ? {} : { text }, token, shown));
  return (
    <FormGroup role="group" isStack label="Item" fieldId="item-choice">
      {/* Enter searches, and would send the dialog too. */}
      <div onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}>
        <SearchField
          label="Search the texts of the items"
          value={text}
          onSearch={(next) => {
            search(next);
            setToken(undefined);
          }}
        />
      </div>
      <PagedList
        query={query}
        what="items"
        token={token}
        onToken={setToken}
        empty={
          <p>
            {text === ''
              ? 'The version has no items: choose another.'
              : 'No item contains this text. Search for other words.'}
          </p>
        }
      >
        {(items) =>
          items.map((listed) => (
            <Radio
              key={listed.number}
              id={`item-choice-${listed.number}`}
              name="item-choice"
              label={`Row ${count(listed.number)}`}
              description={<ItemSummary listed={listed} />}
              isChecked={listed.item.itemId === chosen}
              onChange={() => onChosen(listed.item.itemId)}
            />
          ))
        }
      </PagedList>
    </FormGroup>
  );
}
