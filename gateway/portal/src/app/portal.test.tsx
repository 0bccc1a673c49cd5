import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { problem } from '../../test/mocks/handlers';
import { ben, cleo, sam, vera } from '../../test/mocks/world';
import { visit } from '../../test/portal';

/** jsdom lays nothing out, so the page takes itself for narrow and keeps the navigation closed until requested. */
async function navigation(user: UserEvent): Promise<HTMLElement> {
  await user.click(await screen.findByRole('button', { name: 'Navigation' }));
  return screen.findByRole('navigation', { name: 'Portal' });
}

describe('the frame', () => {
  it('offers sign-in to a signed-out visitor', async () => {
    visit('/audit', { but: [http.get('*/session', () => new HttpResponse(null, { status: 401 }))] });
    expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute(
      'href',
      expect.stringMatching(/^\/oauth2\/authorization\/keycloak\?return=%2F/),
    );
  });

  it('says when the gateway cannot be reached, and tries again on request', async () => {
    const { user } = visit('/home', {
      but: [
        http.get('*/session', () => HttpResponse.error(), { once: true }),
        http.get('*/session', () => HttpResponse.error(), { once: true }),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
  });

  it.each([
    [
      vera,
      [
        'Home',
        'Applications',
        'Prompts',
        'Playground',
        'Datasets',
        'Indexes',
        'Training',
        'Models',
        'Approvals',
        'Audit',
        'Risks',
        'Policies',
        'Traces',
        'Feedback',
        'Providers',
        'API keys',
        'Glossary',
      ],
    ],
    [
      ben,
      [
        'Home',
        'Applications',
        'Prompts',
        'Datasets',
        'Models',
        'Approvals',
        'Audit',
        'Risks',
        'Policies',
        'Traces',
        'Feedback',
        'Glossary',
      ],
    ],
    [
      cleo,
      [
        'Home',
        'Applications',
        'Prompts',
        'Datasets',
        'Approvals',
        'Audit',
        'Risks',
        'Policies',
        'Traces',
        'Feedback',
        'Glossary',
      ],
    ],
    [
      sam,
      [
        'Home',
        'Applications',
        'Prompts',
        'Training',
        'Models',
        'Audit',
        'Traces',
        'Feedback',
        'Dead letters',
        'API keys',
        'Glossary',
      ],
    ],
  ])('shows the places where $name has work', async (as, places) => {
    const { user } = visit('/home', { as });
    expect(
      within(await navigation(user))
        .getAllByRole('link')
        .map((link) => link.textContent),
    ).toEqual(places);
  });

  it('moves the focus to the heading of the next page', async () => {
    const { user } = visit('/home');
    await screen.findByRole('heading', { name: 'Home', level: 1 });
    await user.click(within(await navigation(user)).getByRole('link', { name: 'Prompts' }));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Prompts', level: 1 })).toHaveFocus());
    expect(document.title).toBe('Prompts · Plumbline');
  });

  it('shows times in UTC until requested otherwise', async () => {
    const { user } = visit('/approvals');
    expect(await screen.findByText('2026-11-25 01:10:00 UTC')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Local' }));
    expect(screen.queryByText('2026-11-25 01:10:00 UTC')).not.toBeInTheDocument();
  });

  it('has a page for addresses that lead nowhere', async () => {
    visit('/nowhere');
    expect(await screen.findByText('There is no page at this address')).toBeVisible();
  });
});

describe('the home page', () => {
  it('lists only what this person may decide', async () => {
    visit('/home', { as: ben });
    const table = await screen.findByRole('table', { name: 'Approvals' });
    expect(within(table).getAllByRole('link')).toHaveLength(3);
  });

  it('loses one panel when one service is down, and gets it back on request', async () => {
    let down = true;
    const { user } = visit('/home', {
      as: ben,
      but: [
        http.get('*/api/approvals', () =>
          down ? problem(503, { title: 'Compliance is down', detail: 'Try again in a moment.' }) : undefined,
        ),
      ],
    });
    const alert = await screen.findByRole('alert');
    expect(within(alert).getByText('4bf92f3577b34da6a3ce929d0e0e4736')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'mail-triage' })).toBeVisible();
    down = false;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Approvals' })).toBeVisible();
  });

  it('says once what two panels failed for, and gets both back on one request', async () => {
    let down = true;
    const answer = () => (down ? problem(503, { title: 'Plumbline is down', detail: 'Wait.' }) : undefined);
    const { user } = visit('/home', {
      as: ben,
      but: [http.get('*/api/approvals', answer), http.get('*/api/applications', answer)],
    });
    expect(await screen.findByText('This has the same problem as another part of this page.')).toBeVisible();
    const alert = screen.getByRole('alert');
    down = false;
    await user.click(within(alert).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('table', { name: 'Approvals' })).toBeVisible();
    expect(await screen.findByRole('link', { name: 'mail-triage' })).toBeVisible();
  });

  it('shows two different problems', async () => {
    visit('/home', {
      as: ben,
      but: [
        http.get('*/api/approvals', () => problem(503, { title: 'Compliance is down', detail: 'Wait.' })),
        http.get('*/api/applications', () => problem(503, { title: 'Strategy is down', detail: 'Wait.' })),
      ],
    });
    await waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(2));
  });
});
