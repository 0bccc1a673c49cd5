import { useNavigate } from '@tanstack/react-router';

/**
 * The dialogs of an application's page, as the address names them. A link can open one, and it is still open after a
 * new sign-in.
 */
export type ApplicationForm =
  | 'assess'
  | 'suite'
  | 'criteria'
  | 'variant'
  | 'refresh'
  | 'run'
  | 'baseline'
  | 'compare'
  | 'verdict'
  | 'release'
  | 'waiver'
  | 'costs';

export type OpenForm = (form: ApplicationForm, of?: { variant?: string; run?: string }) => void;

export function useOpenForm(): OpenForm {
  const navigate = useNavigate({ from: '/apps/$app' });
  return (form, { variant, run } = {}) =>
    void navigate({ search: (search) => ({ ...search, do: form, variant, run, abstention: undefined }) });
}

/** Returns a function that closes the dialog and opens the tab with its result. */
export function useCloseForm(): (tab?: string) => void {
  const navigate = useNavigate({ from: '/apps/$app' });
  return (tab) =>
    void navigate({
      search: ({ metric, cost, page, tab: current }) =>
        tab === undefined ? { metric, tab: current, cost, page } : { metric, tab },
    });
}
