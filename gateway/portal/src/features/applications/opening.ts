import { useNavigate } from '@tanstack/react-router';

/** The forms of an application's page, as the address names them: a link opens one, and it is still open after a new sign-in. */
export type Doing =
  'assess' | 'criteria' | 'variant' | 'measure' | 'baseline' | 'compare' | 'verdict' | 'release' | 'waiver' | 'costs';

export type Open = (doing: Doing, of?: { variant?: string; run?: string }) => void;

export function useOpen(): Open {
  const navigate = useNavigate({ from: '/apps/$app' });
  return (doing, { variant, run } = {}) =>
    void navigate({ search: (search) => ({ ...search, do: doing, variant, run }) });
}

/** Closes the form; leads to the tab where its result stands. */
export function useClose(): (tab?: string) => void {
  const navigate = useNavigate({ from: '/apps/$app' });
  return (tab) =>
    void navigate({
      search: ({ metric, cost, page, tab: current }) =>
        tab === undefined ? { metric, tab: current, cost, page } : { metric, tab },
    });
}
