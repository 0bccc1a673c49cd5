import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { act, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { HttpHandler } from 'msw';
import { createPortalRouter } from '../src/app/router';
import { createQueries } from '../src/shared/http/queries';
import { handlers, type Scenario } from './mocks/handlers';
import { ada } from './mocks/world';
import { server } from './server';

interface Visit {
  as?: typeof ada;
  scenario?: Scenario;
  /** Handlers that replace those of the scenario. */
  but?: HttpHandler[];
}

/** Opens the complete portal at an address, as a person, with services that answer by the scenario. */
export function visit(address: string, { as = ada, scenario = 'loaded', but = [] }: Visit = {}) {
  server.use(...but, ...handlers(scenario, as));
  const router = createPortalRouter({ history: createMemoryHistory({ initialEntries: [address] }) });
  const queries = createQueries(0);
  const view = render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return {
    ...view,
    user: userEvent.setup(),
    address: () => router.state.location.href,
    /** Goes on to another address, with what was loaded so far. */
    goTo: (next: string) => act(() => router.navigate({ href: next })),
  };
}
