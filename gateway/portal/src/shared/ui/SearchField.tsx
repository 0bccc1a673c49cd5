import { SearchInput } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';

interface SearchFieldProps {
  label: string;
  value: string;
  onSearch: (value: string) => void;
}

/**
 * A search field that searches on Enter and when cleared. The address changes once per search, so that Back undoes one.
 */
export function SearchField({ label, value, onSearch }: SearchFieldProps): ReactNode {
  const [typed, type] = useState({ for: value, text: value });
  const text = typed.for === value ? typed.text : value;
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(_event, next) => type({ for: value, text: next })}
      onSearch={() => onSearch(text.trim())}
      onClear={() => {
        type({ for: value, text: '' });
        onSearch('');
      }}
    />
  );
}
