import { http, type HttpHandler } from 'msw';
import type { Index } from '../../src/shared/data/indexes';
import { json, pageOf } from './answers';
import { leafHash } from './tree';

/** The passages of help pages in an index, and the results of a search. */
const hex = (seed: string) => leafHash(seed).toString('hex');

export const passageIndex: Index = {
  indexId: '0190e000-0000-7000-8000-0000000000c5',
  name: 'help-pages',
  mode: 'PASSAGES',
  state: 'READY',
  progress: 1,
  message: '',
  splitDigest: hex('help-split'),
  subset: 'documents',
  encoder: 'local/bge-small-en-v1.5',
  maxTokens: 256,
  chunking: { maxTokens: 256, overlapTokens: 32 },
  dimensions: 384,
  embeddedTokens: 0,
  indexDigest: hex('help-index'),
  passages: 312,
  jobId: '0190e000-0000-7000-8000-0000000000d5',
  createdBy: 'subject-ada',
  createdAt: '2026-11-25T03:10:00Z',
};

/** The indexes of the pages that a variant of ticket routing answers from, and of their newer version. */
export const shopPages: Index = {
  ...passageIndex,
  indexId: '0190e000-0000-7000-8000-0000000000c6',
  name: 'shop-pages',
  splitDigest: hex('shop-split-1'),
  indexDigest: hex('shop-index-1'),
  passages: 90,
};

export const newerPages: Index = {
  ...shopPages,
  indexId: '0190e000-0000-7000-8000-0000000000c7',
  name: 'shop-pages-refreshed',
  splitDigest: hex('shop-split-2'),
  indexDigest: hex('shop-index-2'),
  passages: 97,
};

const refund = {
  number: 1,
  passageId: '3f9c1d7e5b2a4086',
  documentId: 'returns.md',
  title: 'Returns',
  section: 'Refunds',
  url: 'https://help.example.com/returns',
  publishedAt: '2026-11-01T08:00:00Z',
  start: 412,
  end: 535,
  score: 0.0328,
  text:
    'Money is paid back within a week, by the way in which the order was paid.\n\n' +
    'A <b>gift card</b> is paid back as a new one.',
};

/** A passage without address, date and headings. */
const shipping = {
  number: 2,
  passageId: '51c0de8a90b7f3e2',
  documentId: 'shipping.md',
  title: 'Shipping',
  section: '',
  start: 0,
  end: 61,
  score: 0.0164,
  text: 'Parcels leave our warehouse within one day of the order.',
};

/** The passages that an answer includes. */
export const passages = [refund, shipping];

export const foundPassages = [
  { ...refund, lexicalRank: 1, vectorRank: 2 },
  { ...shipping, lexicalRank: null, vectorRank: 1, url: null, publishedAt: null },
];

export const cited = (number: number, from: number) => {
  const { documentId, title, section, passageId, start, end } = passages[number - 1] ?? refund;
  const url = number === 1 ? refund.url : `document:${documentId}`;
  return {
    type: 'url_citation',
    url_citation: { start_index: from, end_index: from + 3, url, title },
    passage: { number, passageId, documentId, section, start, end },
  };
};

export function passageHandlers(indexes: Index[], scenario: 'loaded' | 'empty'): HttpHandler[] {
  return [
    http.get('*/api/indexes/:id', ({ params }) => json(indexes.find(({ indexId }) => indexId === params['id']))),
    http.get('*/api/indexes/:id/passages', ({ request }) => {
      const named = new URL(request.url).searchParams.getAll('passageId');
      return pageOf(foundPassages.filter(({ passageId }) => named.includes(passageId)));
    }),
    http.get('*/api/indexes/:id/search', ({ request }) =>
      json({
        passages:
          scenario === 'empty'
            ? []
            : foundPassages.slice(0, Number(new URL(request.url).searchParams.get('count') ?? '5')),
      }),
    ),
  ];
}
