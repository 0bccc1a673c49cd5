import { setupServer } from 'msw/node';

/** The server that answers instead of the services. It is not part of the set-up, which runs again for each file. */
export const server = setupServer();
