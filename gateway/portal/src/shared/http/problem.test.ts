import { expect, it } from 'vitest';
import { Problem } from './problem';

it('takes the details of a problem document, with the status of the response', async () => {
  const body = { type: '/problems/test', title: 'Not valid', status: 400, detail: 'Name it.', traceId: 'a1' };
  const response = new Response(JSON.stringify(body), {
    status: 422,
    headers: { 'content-type': 'application/problem+json', 'x-plumbline-trace': 'b2' },
  });
  expect((await Problem.from(response)).details).toEqual({ ...body, status: 422 });
});

it('takes the trace from the header where the body names none', async () => {
  const response = new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'x-plumbline-trace': 'b2' } });
  expect((await Problem.from(response)).details).toMatchObject({
    title: 'The service behind this panel does not answer',
    status: 502,
    traceId: 'b2',
  });
});

it('wraps what is no problem by its message', () => {
  expect(Problem.of(new Error('broken')).details).toMatchObject({ status: 0, detail: 'broken' });
});
