import { Button, Flex, FlexItem } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { count, totalOf } from '@/shared/text/format';

/** A page of any list: the token of the next one, and how many there are in all (a lower bound when not exact). */
export interface Page<T> {
  items: T[];
  nextPageToken?: string | null;
  total?: { value: number; exact: boolean };
}

interface PagerProps {
  page: Page<unknown>;
  /** The token in the address; absent on the first page. */
  token: string | undefined;
  onToken: (token: string | undefined) => void;
}

/**
 * A pager for keyset pages: to the next page or back to the first. The browser's back button returns to the previous
 * page.
 */
export function Pager({ page, token, onToken }: PagerProps): ReactNode {
  const next = page.nextPageToken ?? undefined;
  return (
    <Flex
      className="pl-pager"
      justifyContent={{ default: 'justifyContentSpaceBetween' }}
      alignItems={{ default: 'alignItemsCenter' }}
    >
      <FlexItem aria-live="polite">
        {count(page.items.length)}
        {page.total && ` of ${totalOf(page.total)}`} shown
      </FlexItem>
      {(token !== undefined || next !== undefined) && (
        <FlexItem>
          <Button variant="tertiary" size="sm" isDisabled={token === undefined} onClick={() => onToken(undefined)}>
            First page
          </Button>{' '}
          <Button variant="tertiary" size="sm" isDisabled={next === undefined} onClick={() => onToken(next)}>
            Next page
          </Button>
        </FlexItem>
      )}
    </Flex>
  );
}
