import { setupServer } from 'msw/node';

/** Answers instead of the services; apart from the set-up, which runs again for each file. */
export const server = setupServer();
