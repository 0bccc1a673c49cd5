import { setupServer } from 'msw/node';

/** Answers instead of the services. Apart from the set-up, which runs again for each file while modules are loaded once. */
export const server = setupServer();
