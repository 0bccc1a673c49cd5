import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import * as world from '../../../test/mocks/world';
import { visit } from '../../../test/portal';

it('says which part of a release stands on withdrawn data, and when it goes back', async () => {
  const active = {
    ...world.releases.find(({ state }) => state === 'ACTIVE'),
    withdrawal: {
      since: '2026-11-01T10:00:00Z',
      goesBackAt: '2026-12-31T10:00:00Z',
      parts: [
        {
          part: 'index',
          dataset: 'shop-pages',
          version: 2,
          versionDigest: 'ab',
          purpose: 'INDEX',
          since: '2026-11-01T10:00:00Z',
          reasons: ['consent was withdrawn'],
        },
      ],
    },
  };
  visit('/apps/mail-triage?tab=releases', {
    but: [
      http.get('*/api/releases', () =>
        HttpResponse.json({ items: [active], nextPageToken: null, total: { value: 1, exact: true } }),
      ),
    ],
  });
  expect(await screen.findByText('The release in production stands on withdrawn data', { exact: false })).toBeVisible();
  expect(screen.getByText(/index: version 2 of shop-pages, no longer admitted for index/)).toBeVisible();
  expect(screen.getByText(/It goes back by itself/)).toBeVisible();
});
