import { HttpResponse, type JsonBodyType } from 'msw';

export const json = (body: unknown, status = 200) => HttpResponse.json(body as JsonBodyType, { status });

export const pageOf = (items: unknown[]) =>
  json({ items, nextPageToken: null, total: { value: items.length, exact: true } });
