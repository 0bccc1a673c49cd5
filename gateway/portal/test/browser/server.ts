import { getResponse } from 'msw';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import { handlers, type Scenario } from '../mocks/handlers';
import type { Session } from '../../src/shared/session/session';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** The gateway's content security policy. Without it, tests would not notice a page that needs more than it allows. */
const policy =
  "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; " +
  "font-src 'self' data:; object-src 'none'; base-uri 'self';" +
  " frame-ancestors 'none'; form-action 'self'";

export interface Stage {
  scenario: Scenario;
  session: Session | null;
}

export interface PortalServer {
  origin: string;
  set(stage: Stage): void;
  close(): Promise<void>;
}

/** Serves the built portal with the gateway's fallback and headers, and answers the API by the scenario. */
export async function startServer(): Promise<PortalServer> {
  let stage: Stage = { scenario: 'loaded', session: null };
  const server = createServer((request, response) => {
    answer(request, response, stage).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => {
      stage = next;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, { scenario, session }: Stage): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  if (url.pathname === '/session' || url.pathname === '/logout' || /^\/(api|v1)\//.test(url.pathname)) {
    if (session === null) {
      response.writeHead(401).end();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const requested = new Request(url, {
      method: request.method,
      headers: Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]),
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    });
    const found = await getResponse(handlers(scenario, session), requested);
    if (found === undefined) {
      response.writeHead(501).end(`No mock answers ${request.method} ${url.pathname}`);
      return;
    }
    response.writeHead(found.status, Object.fromEntries(found.headers));
    if (found.body === null) response.end();
    else Readable.fromWeb(found.body as NodeStream).pipe(response);
    return;
  }
  const file = extname(url.pathname) === '' ? 'index.html' : normalize(url.pathname);
  try {
    const content = await readFile(join(dist, file));
    response
      .writeHead(200, {
        'Content-Type': types[extname(file)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy,
        'Cache-Control': file.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
}
