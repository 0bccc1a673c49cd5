import { screen, within } from '@testing-library/react';
import { http, HttpResponse, type HttpHandler, type JsonBodyType } from 'msw';
import { json } from './mocks/answers';

/** Records the requests to a path and answers them. */
export function taking(path: string, answer: unknown = {}, status = 201): { sent: unknown[]; handler: HttpHandler } {
  const sent: unknown[] = [];
  return {
    sent,
    handler: http.post(path, async ({ request }) => {
      sent.push(await request.json());
      return json(answer, status);
    }),
  };
}

/** Returns a handler for a list with exactly these items. */
export const only = <T>(path: string, items: T[]) =>
  http.get(path, () =>
    HttpResponse.json({ items, nextPageToken: null, total: { value: items.length, exact: true } } as JsonBodyType),
  );

export const dialog = async () => within(await screen.findByRole('dialog'));
