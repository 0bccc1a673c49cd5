import { screen } from '@testing-library/react';
import { http, type HttpHandler } from 'msw';
import { beforeAll, expect, it } from 'vitest';
import type { ReceiptDocument } from './receipt';
import { leafOf } from '@/shared/data/merkle';
import { json, pageOf } from '../../../../test/mocks/answers';
import { problem } from '../../../../test/mocks/handlers';
import { receiptOf } from '../../../../test/mocks/traces';
import { visit } from '../../../../test/portal';

const trace = '/traces/0190e000-0000-7000-8000-0000000000a1';
const record = '{"requestId":"0190e000-0000-7000-8000-0000000000a1","status":"OK"}';

let receipt: ReceiptDocument['receipt'];
let entry: Pick<ReceiptDocument['entry'], 'index' | 'object' | 'leafHash' | 'warnings' | 'payload'>;
let head: ReceiptDocument['head'];
let proof: ReceiptDocument['proof'];

/** A batch of one record, in a ledger of one entry. */
beforeAll(async () => {
  const leafHash = await leafOf('an entry');
  receipt = await receiptOf(record);
  entry = {
    index: 0,
    object: receipt.eventSubject,
    leafHash,
    warnings: [],
    payload: { requests: 1, recordsRoot: receipt.root },
  };
  head = {
    treeSize: 1,
    root: leafHash,
    signedAt: '2026-11-25T02:00:00Z',
    signature: 'c2ln',
    keyId: 'k1',
    origin: 'plumbline/ledger',
  };
  proof = { index: 0, treeSize: 1, leafHash, path: [], root: leafHash };
});

function answers(but: Partial<{ receipt: unknown; entries: unknown[]; head: unknown }> = {}): HttpHandler[] {
  return [
    http.get('*/api/traces/:id/receipt', () => json(but.receipt ?? receipt)),
    http.get('*/api/audit', () => pageOf(but.entries ?? [entry])),
    http.get('*/api/ledger/head', () => json(but.head ?? head)),
    http.get('*/api/ledger/entries/:index/proof', () => json(proof)),
  ];
}

async function verify(but: HttpHandler[]) {
  const { user } = visit(trace, { but });
  await user.click(await screen.findByRole('button', { name: 'Verify the receipt' }));
  return user;
}

it('verifies from the record to the head, and gives all of it to keep', async () => {
  await verify(answers());
  expect(await screen.findByText('Verified: recorded in ledger entry 0, under the head over 1')).toBeVisible();
  expect(screen.getByText(record)).toBeVisible();
  expect(screen.getByRole('button', { name: 'Download the receipt' })).toBeVisible();
});

it('names what does not hold', async () => {
  await verify(answers({ receipt: { ...receipt, record: record.replace('OK', 'ERROR') } }));
  expect(await screen.findByText('The trace no longer matches the metered record.')).toBeVisible();
  expect(screen.queryByText(/^Verified/)).toBeNull();
});

it('does not believe a ledger entry with another root, or another count', async () => {
  await verify(answers({ entries: [{ ...entry, payload: { requests: 2, recordsRoot: receipt.root } }] }));
  expect(await screen.findByText('The ledger entry has another root.')).toBeVisible();
});

it('does not believe an entry that does not lead to the head', async () => {
  await verify(answers({ head: { ...head, root: receipt.root } }));
  expect(await screen.findByText('The ledger entry does not lead to the root of the signed head.')).toBeVisible();
});

it('says that the minute is not over, and that the ledger does not have it yet', async () => {
  let over = false;
  const user = await verify([
    http.get('*/api/traces/:id/receipt', () =>
      over ? json(receipt) : problem(409, { title: 'The request is not in the ledger yet' }),
    ),
    ...answers({ entries: [] }),
  ]);
  expect(await screen.findByText(/Not in the ledger yet/)).toBeVisible();
  over = true;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(/Not in the ledger yet/)).toBeVisible();
});
