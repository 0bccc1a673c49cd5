import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, ben, refresh, variants } from '../mocks/world';
import { missing } from './chromium';
import type { PortalServer } from './server';
import { screens } from './screens';
import { Visitor } from './visitor';

const reason = missing();
if (reason !== undefined) console.warn(`SKIPPED: ${reason}`);

/** The dialogs of the pages with the buttons that open them. Without a button, the address opens the dialog. */
const dialogs: [name: string, address: string, button?: RegExp][] = [
  ['halt', '/apps/mail-triage?tab=releases', /^Halt /],
  ['suite', '/apps/mail-triage?do=suite'],
  ['costs', '/apps/mail-triage?tab=costs&do=costs'],
  ['playground-save', '/playground?model1=acme-llm/large&prompt1=mail-triage@3', /^Save as version/],
  ['playground-item', '/playground', /^Take an item/],
  ['dataset-create', '/datasets', /^New dataset/],
  ['dataset-describe', '/datasets/mails', /^Edit details/],
  ['dataset-draft', '/datasets/support', /^Make a version/],
  ['split', '/datasets/mails/versions/2', /^New split/],
  ['index-build', '/indexes?build=mails'],
  ['index-build-documents', '/indexes?build=help-pages'],
  ['model-register', '/models?register=new'],
  ['provider-connect', '/settings/providers', /^Connect a provider/],
  ['provider-remove', '/settings/providers', /^Remove acme-llm/],
  ['provider-key', '/settings/providers/acme-llm', /^Replace the API key/],
  ['provider-connection', '/settings/providers/acme-llm', /^Connect to another/],
  ['provider-prices', '/settings/providers/acme-llm', /^Change prices of acme-llm/],
  ['provider-list-model', '/settings/providers/acme-llm', /^List a model/],
  ['api-key-create', '/settings/api-keys', /^Create an API key/],
  ['api-key-revoke', '/settings/api-keys', /^Revoke Mail gateway/],
  ['workspace-create', '/settings/workspaces', /^Create a workspace/],
  ['workspace-configure', '/settings/workspaces', /^Configure pilot/],
  ['workspace-archive', '/settings/workspaces', /^Archive pilot/],
  ['audit-export', '/audit?type=prompt.version-published&from=2026-11-24', /^Export/],
  ['risk-assess', '/risks/drift', /^Assess again/],
  ['policy-new', '/policies', /^New policy/],
  ['trace-policy', '/traces', /^Change what is kept/],
  ['replay', '/ops/dead-letters', /^Replay /],
];

describe.skipIf(reason !== undefined)('the portal in a browser', () => {
  let visitor: Visitor;
  let page: Page;
  let server: PortalServer;

  beforeAll(async () => {
    visitor = await Visitor.arrive();
    ({ page, server } = visitor);
  });
  afterAll(() => visitor?.leave());

  it.each(Object.entries(screens))('is accessible on %s', async (name, address) => {
    await visitor.visit(address, 'loaded');
    await visitor.hold(name);
  });

  it('is accessible signed out, and keeps the address for after', async () => {
    await visitor.visit('/audit?object=mail-triage', 'loaded', null);
    await visitor.hold('sign-in');
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
      '/oauth2/authorization/keycloak?return=%2Faudit%3Fobject%3Dmail-triage',
    );
  });

  it.each(dialogs)('is accessible with the dialog %s open', async (name, address, button) => {
    await visitor.visit(address, 'loaded');
    if (button !== undefined) await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').waitFor();
    await visitor.hold(`dialog-${name}`);
  });

  it('says that the session has ended without losing the page', async () => {
    await visitor.visit('/approvals/a-1', 'loaded', ben);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByLabel('Reason').fill('Measured and fair');
    server.set({ scenario: 'loaded', session: null });
    await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Your session has ended').waitFor();
    await visitor.hold('session-ended');
  });

  it('is worked by keyboard alone: skip link, filter, open an entry, decide', async () => {
    await visitor.visit('/audit', 'loaded', ben);
    await visitor.settled();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');

    await visitor.visit('/approvals/a-1', 'loaded', ben);
    await page.getByRole('button', { name: 'Approve', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Approve');
  });

  it('moves the focus to the heading of the page that a link leads to', async () => {
    await visitor.visit('/home', 'loaded');
    await visitor.settled();
    const focused = () =>
      page.evaluate(() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`);
    await page.getByRole('link', { name: 'Prompts', exact: true }).press('Enter');
    await expect.poll(focused, { timeout: 5_000 }).toBe('H1 Prompts');
    await page.goBack();
    await expect.poll(focused, { timeout: 5_000 }).toBe('H1 Home');
  });

  it('shows the chosen theme from the first paint on', async () => {
    await page.emulateMedia({ colorScheme: 'dark' });
    server.set({ scenario: 'loaded', session: all });
    await page.goto(`${server.origin}/home`, { waitUntil: 'commit' });
    await page.locator('#root').waitFor({ state: 'attached' });
    expect(await page.evaluate(() => document.documentElement.className)).toContain('pf-v6-theme-dark');
  });

  it('keeps a chosen theme, whichever the system has', async () => {
    const isDark = () => page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'));
    await page.emulateMedia({ colorScheme: 'light' });
    await visitor.visit('/home', 'loaded');
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: 'Dark' }).click();
    expect(await isDark()).toBe(true);
    await page.reload();
    expect(await isDark()).toBe(true);
    await page.evaluate(() => localStorage.removeItem('plumbline.theme'));
  });

  it('keeps still for those who asked for it', async () => {
    await visitor.visit('/home', 'loaded');
    const moving = () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('*')].filter((element) =>
            getComputedStyle(element)
              .transitionDuration.split(', ')
              .some((duration) => duration !== '0s'),
          ).length,
      );
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await visitor.settled();
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  it('shows what a prompt version reads once its variables are filled', async () => {
    await visitor.visit('/prompts/mail-triage/versions/3', 'loaded');
    await page.getByLabel('company').fill('Acme');
    await page.getByLabel('mail').fill('{"body": "Win a prize now"}');
    await page.getByRole('button', { name: 'Render' }).click();
    await page.getByText('Rendered messages').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'As a chat completions request' }).click();
    await visitor.hold('prompt-version-rendered');
  });

  it('writes a version of a prompt by forms, with a tool and a schema as JSON', async () => {
    await visitor.visit('/prompts/mail-triage/new-version', 'loaded');
    await page.getByRole('button', { name: 'Insert before message 2' }).press('Enter');
    await page.keyboard.type('Be brief.');
    await page.getByRole('button', { name: 'Move up message 2' }).press('Enter');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await expect.poll(focused).toBe('Move up message 1');
    await page.getByRole('button', { name: 'Move down message 1' }).press('Enter');
    await expect.poll(focused).toBe('Move down message 2');
    await page.getByRole('button', { name: 'Add an example' }).press('Enter');
    await page.getByRole('button', { name: 'Add a further parameter' }).press('Enter');
    await page.getByRole('button', { name: 'Add a tool' }).press('Enter');
    await page.keyboard.type('find_order');
    await page.getByRole('button', { name: 'Add an argument' }).press('Enter');
    await page.getByRole('button', { name: 'Edit all as JSON, variables' }).press('Enter');
    await page.getByRole('group', { name: 'The tool 1' }).scrollIntoViewIfNeeded();
    await visitor.hold('prompt-editor');
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      // The typed text is still there after a reload.
      await page.reload();
      await page.getByRole('group', { name: 'The tool 1' }).scrollIntoViewIfNeeded();
      await visitor.picture('narrow-prompt-editor');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });

  it('asks four columns of the playground the same, side by side', async () => {
    const models = ['acme-llm/large', 'app/mail-triage@production', 'mail-head@1', 'acme-llm/large'];
    await visitor.visit(
      `/playground?${models.map((model, index) => `model${index + 1}=${model}`).join('&')}`,
      'loaded',
    );
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Where is my order?');
    await page.getByRole('textbox', { name: 'Message 1' }).press('Control+Enter');
    await page.getByText('$0.0031').nth(2).waitFor();
    await page.getByRole('button', { name: /parameters of column D$/ }).press('Enter');
    await page.getByRole('button', { name: 'Write a draft in column D' }).press('Enter');
    await page.getByRole('textbox', { name: 'Prompt message D1' }).fill('You answer for {{company}}.');
    await page.getByLabel('company').last().waitFor();
    await page.getByText('Calls find_order').scrollIntoViewIfNeeded();
    await visitor.hold('playground-run');
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      // The typed text and the answer are still there after a reload.
      await page.reload();
      await page.getByText('Calls find_order').scrollIntoViewIfNeeded();
      await visitor.picture('narrow-playground-run');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });

  it('composes a variant that retrieves passages and abstains', async () => {
    await visitor.visit('/apps/mail-triage?do=variant', 'loaded');
    await page.getByLabel('Index').selectOption({ label: 'help-pages · 312 passages' });
    await page.getByRole('button', { name: 'Abstention' }).press('Enter');
    await page.getByRole('dialog').getByLabel('Threshold').fill('2');
    await page.getByText('Abstention: enter a threshold from 0 to 1.').first().waitFor();
    await page.getByLabel('Searched for').scrollIntoViewIfNeeded();
    await visitor.hold('dialog-variant-passages');
    await page.getByLabel('Answer when abstaining').scrollIntoViewIfNeeded();
    await visitor.hold('dialog-variant-abstention');
  });

  it('refreshes what answers from documents by keyboard, and goes on to evaluate it', async () => {
    await visitor.visit('/apps/ticket-routing?tab=variants', 'loaded');
    await page.getByRole('button', { name: 'Refresh documents of answers' }).press('Enter');
    await page.getByText('shop-pages version 1 to version 2').waitFor();
    await page.getByText('No criteria of refreshes are registered').scrollIntoViewIfNeeded();
    await visitor.hold('dialog-refresh');
    await page.getByLabel('Name').press('Enter');
    await page.getByRole('dialog', { name: 'Evaluate a variant' }).waitFor();
    expect(new URL(page.url()).searchParams.get('variant')).toBe(refresh.variantDigest);
  });

  it('opens what an answer cites from its mark, and says that a variant abstained', async () => {
    const variant = `variant/${variants[0]?.variantDigest}`;
    await visitor.visit(`/playground?model1=${variant}`, 'loaded');
    await page.getByRole('textbox', { name: 'Message 1' }).fill('How is a gift card paid back?');
    await page.getByRole('textbox', { name: 'Message 1' }).press('Control+Enter');
    await page.getByRole('region', { name: 'Answer of column A' }).getByRole('button').first().press('Enter');
    await page.getByText('Money is paid back within a week, by').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded'))).toBe('true');
    await visitor.hold('playground-cited');
    await page.getByRole('textbox', { name: 'Message 1' }).fill('How is the weather?');
    await page.getByRole('textbox', { name: 'Message 1' }).press('Control+Enter');
    await page.getByText('Abstained').scrollIntoViewIfNeeded();
    await visitor.hold('playground-abstained');
  });

  it('keeps a query to an index in the address, and shows it narrow as well', async () => {
    await visitor.visit('/indexes/0190e000-0000-7000-8000-0000000000c5', 'loaded');
    await page.getByLabel('Query').fill('gift card');
    await page.getByLabel('Query').press('Enter');
    await page.getByText('[1] Returns > Refunds').waitFor();
    expect(new URL(page.url()).search).toBe('?query=gift+card');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('try-query');
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      await page.reload();
      await page.getByText('[1] Returns > Refunds').scrollIntoViewIfNeeded();
      await visitor.picture('narrow-index-query');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });

  it('verifies the receipt of a request', async () => {
    await visitor.visit('/traces/0190e000-0000-7000-8000-0000000000a1', 'loaded');
    await page.getByRole('button', { name: 'Verify the receipt' }).press('Enter');
    await page.getByText('Verified: recorded in ledger entry 2').scrollIntoViewIfNeeded();
    await visitor.hold('trace-receipt');
  });

  it('shows the conversation behind a finding of a dataset', async () => {
    await visitor.visit('/datasets/support/versions/1', 'loaded');
    await page.getByRole('button', { name: 'Show the item of row 4' }).press('Enter');
    await page.getByText('Rubric: Names the number of copies.', { exact: true }).scrollIntoViewIfNeeded();
    await visitor.hold('dataset-version-chat-item');
  });

  it('adds what a trace kept to a dataset, in a dialog that says what holds for it', async () => {
    await visitor.visit('/traces/0190e000-0000-7000-8000-0000000000a1', 'loaded');
    await page.getByRole('button', { name: 'Show request and answer' }).press('Enter');
    await page.getByRole('button', { name: 'Add to a dataset' }).press('Enter');
    await page
      .getByRole('dialog')
      .getByLabel(/^Dataset/)
      .selectOption('support');
    await page.getByLabel('Expected answer').waitFor();
    await visitor.hold('dialog-add-to-dataset');
  });

  it('shows what the figures of a cost model rest on, and takes figures of one’s own', async () => {
    await visitor.visit('/apps/mail-triage?tab=costs', 'loaded');
    await page.getByRole('button', { name: 'Figures and their sources' }).click();
    await visitor.hold('app-costs-figures');
    await page.getByRole('button', { name: 'Compute costs' }).click();
    await page.getByRole('button', { name: 'Tokens and prices of a call' }).click();
    await page.getByRole('button', { name: 'Add an override' }).click();
    await visitor.hold('dialog-costs-figures');
  });

  it('leads from a flaw of a policy to its place in the text', async () => {
    await visitor.visit('/policies/careful-releases/new-version?target=release', 'loaded');
    const area = page.getByLabel('Rules, as JSON');
    const sound = '  {"name": "verdict", "expression": "verdict.outcome == \'PASS\'", "message": "Improve it."}';
    const typo = '  {"name": "typo", "expression": "verdict.outcom == 1", "message": ""}';
    await area.fill(`[\n${[...Array<string>(40).fill(sound), typo, ...Array<string>(40).fill(sound)].join(',\n')}\n]`);
    await page.getByRole('button', { name: 'Check' }).press('Enter');
    await page.getByRole('alert').waitFor();
    await visitor.hold('policy-flaws');
    await page.getByRole('button', { name: 'Line 42, expression of rule 41, typo' }).press('Enter');
    const shown = await area.evaluate((field: HTMLTextAreaElement) => ({
      selected: field.value.slice(field.selectionStart, field.selectionEnd),
      focused: document.activeElement === field,
      middle: (field.scrollTop + field.clientHeight / 2) / field.scrollHeight,
    }));
    expect(shown).toMatchObject({ selected: '"verdict.outcom == 1"', focused: true });
    expect(shown.middle).toBeCloseTo(0.5, 1);
  });

  it('opens the passage that an answer cites beside it', async () => {
    await visitor.visit('/runs/run-6', 'loaded');
    await page.getByRole('button', { name: /^Show the output for item question-1/ }).press('Enter');
    await page.getByRole('button', { name: '[2] Gift cards' }).first().press('Enter');
    await page.getByText('A gift card is valid for three years.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('[2] Gift cards');
    await visitor.hold('run-cited');
  });

  it('downloads what the audit filter finds', async () => {
    await visitor.visit('/audit?object=mail-triage&do=export', 'loaded');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download audit.jsonl' }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('audit.jsonl');
    expect(await text(await download.createReadStream())).toBe('{"index":0}\n');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(visitor.complaints).toEqual([]);
  });

  it('draws the epochs that a running job streams', async () => {
    await visitor.visit('/training/0190c000-0000-7000-8000-0000000000a1', 'loaded');
    await page.getByRole('img', { name: 'Loss by epoch, 6 epochs so far' }).waitFor();
  });

  it('shows every column of the audit, however long the names in it are', async () => {
    const long = {
      type: 'dataset.draft-item-removed',
      source: 'dataset-registry',
      object: 'support_of_customers_in_all_languages/draft/'.padEnd(100, '0123456789abcdef'),
      actor: 'account_of_the_nightly_batch_of_the_shop',
      payload: {},
    };
    await page.route('**/api/audit?*', async (route) => {
      const answer = await route.fetch();
      const listed = (await answer.json()) as { items: object[] };
      await route.fulfill({
        response: answer,
        json: { ...listed, items: listed.items.map((one) => ({ ...one, ...long })) },
      });
    });
    try {
      await visitor.visit('/audit', 'loaded');
      await visitor.settled();
      await page.getByText(long.actor).first().waitFor();
      await visitor.picture('audit-long-names');
      expect(
        await page.evaluate(() => {
          const main = document.querySelector('main');
          return main === null ? undefined : main.scrollWidth - main.clientWidth;
        }),
      ).toBe(0);
    } finally {
      await page.unroute('**/api/audit?*');
    }
  });

  it.each([768, 1024])('shows wide tables in a window of %i pixels without scrolling sideways', async (width) => {
    await page.setViewportSize({ width, height: 860 });
    try {
      for (const address of ['/apps/mail-triage?tab=variants', '/traces', '/settings/providers']) {
        await visitor.visit(address, 'loaded');
        await visitor.settled();
        const over = await page.evaluate(() => {
          const content = document.querySelector('main');
          return content === null ? undefined : content.scrollWidth - content.clientWidth;
        });
        expect({ address, over }).toEqual({ address, over: 0 });
      }
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });

  it('fits a narrow window without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      for (const address of [
        '/home',
        '/apps/mail-triage?tab=variants',
        '/apps/mail-triage?tab=releases',
        '/apps/mail-triage?tab=evaluations',
        '/runs/run-6',
        '/apps/mail-triage?tab=costs',
        '/audit',
        '/prompts/mail-triage/new-version',
        '/playground',
        '/ops/dead-letters?letter=evaluation.41',
        '/risks',
        '/policies/dataset-admission-default',
        '/policies/dataset-admission-default/new-version',
      ]) {
        await visitor.visit(address, 'loaded');
        await visitor.settled();
        await visitor.picture(`narrow${address.replaceAll(/\W+/g, '-')}`);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      }
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });
});
