import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../mocks/handlers';
import { all, ben } from '../mocks/world';
import { missing, open, type Browser } from './chromium';
import { startServer, type PortalServer } from './server';

const reason = missing();
if (reason !== undefined) console.warn(`SKIPPED: ${reason}`);

const shots = fileURLToPath(new URL('../../screenshots', import.meta.url));
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a person sees on a control is what they can say to it; the rule is off unless it is named. */
const experimental = { 'label-content-name-mismatch': { enabled: true } };
const themes = ['light', 'dark'] as const;

const routes: Record<string, string> = {
  home: '/home',
  apps: '/apps',
  'app-phases': '/apps/mail-triage',
  'app-variants': '/apps/mail-triage?tab=variants',
  'app-evaluations': '/apps/mail-triage?tab=evaluations',
  'app-releases': '/apps/mail-triage?tab=releases',
  run: '/runs/run-3',
  'app-costs': '/apps/mail-triage?tab=costs',
  'app-waivers': '/apps/mail-triage?tab=waivers',
  prompts: '/prompts',
  'prompt-versions': '/prompts/mail-triage',
  'prompt-labels': '/prompts/mail-triage?tab=labels',
  'prompt-version': '/prompts/mail-triage/versions/3',
  'prompt-new-version': '/prompts/mail-triage/new-version',
  'prompt-compare': '/prompts/mail-triage/compare?from=2&to=3',
  'prompt-compare-configuration': '/prompts/mail-triage/compare?from=2&to=3&tab=configuration',
  playground: '/playground?model1=acme-llm/large&model2=acme-llm/large&prompt2=mail-triage@3',
  datasets: '/datasets',
  dataset: '/datasets/mails',
  'dataset-version': '/datasets/mails/versions/2',
  'dataset-version-raw': '/datasets/mails/versions/1',
  'dataset-chat': '/datasets/support',
  'dataset-version-chat': '/datasets/support/versions/1',
  indexes: '/indexes',
  training: '/training',
  'training-sweeps': '/training?tab=sweeps',
  'training-new': '/training/new?app=mail-triage&split=mails/2',
  sweep: '/sweeps/0190c000-0000-7000-8000-0000000000f1',
  'training-job': '/training/0190c000-0000-7000-8000-0000000000a1',
  models: '/models',
  'base-models': '/models?tab=base',
  model: '/models/mail-head',
  'model-version': '/models/mail-head/versions/1',
  providers: '/settings/providers',
  'api-keys': '/settings/api-keys',
  approvals: '/approvals',
  approval: '/approvals/a-2',
  'approval-own': '/approvals/a-1',
  audit: '/audit',
  'audit-entry': '/audit?entry=4',
  risks: '/risks',
  'risks-inherent': '/risks?level=inherent&likelihood=3&impact=5',
  risk: '/risks/drift',
  policies: '/policies',
  policy: '/policies/dataset-admission-default?version=1',
  'policy-new-version': '/policies/dataset-admission-default/new-version?from=2',
  'policy-first-version': '/policies/careful-releases/new-version?target=release',
  traces: '/traces',
  trace: '/traces/0190e000-0000-7000-8000-0000000000a1',
  'dead-letters': '/ops/dead-letters',
  'dead-letters-of-service': '/ops/dead-letters?service=evaluation&letter=evaluation.41',
  'not-found': '/nowhere',
};

/** What opens over a page, and by which button; without one the address itself opens it. */
const dialogs: [name: string, address: string, button?: RegExp][] = [
  ['halt', '/apps/mail-triage?tab=releases', /^Halt /],
  ['suite', '/apps/mail-triage?do=suite'],
  ['costs', '/apps/mail-triage?tab=costs&do=costs'],
  ['playground-save', '/playground?model1=acme-llm/large&prompt1=mail-triage@3', /^Save as version/],
  ['playground-item', '/playground', /^Take an item/],
  ['dataset-create', '/datasets', /^New dataset/],
  ['dataset-describe', '/datasets/mails', /^Describe/],
  ['split', '/datasets/mails/versions/2', /^New split/],
  ['index-build', '/indexes?build=mails'],
  ['model-register', '/models?register=new'],
  ['provider-connect', '/settings/providers', /^Connect a provider/],
  ['provider-remove', '/settings/providers', /^Remove acme-llm/],
  ['api-key-create', '/settings/api-keys', /^Create an API key/],
  ['api-key-revoke', '/settings/api-keys', /^Revoke Mail gateway/],
  ['audit-export', '/audit?type=prompt.version-published&from=2026-11-24', /^Export/],
  ['risk-assess', '/risks/drift', /^Assess again/],
  ['policy-new', '/policies', /^New policy/],
  ['trace-policy', '/traces', /^Change what is kept/],
  ['replay', '/ops/dead-letters', /^Replay /],
];

/** What looks the same as in another scenario, or on another address, is looked at once. */
const single = [
  'dataset-version-raw',
  'dataset-chat',
  'dataset-version-chat',
  'sweep',
  'model-version',
  'approval',
  'approval-own',
  'prompt-version',
  'prompt-compare',
  'prompt-compare-configuration',
  'audit-entry',
  'not-found',
  'risks-inherent',
  'risk',
  'policy',
  'policy-new-version',
  'policy-first-version',
  'trace',
];
const same: Record<Scenario, string[]> = {
  loaded: [],
  empty: single,
  error: ['approval-own', 'prompt-compare-configuration', 'audit-entry', 'not-found', 'app-waivers'],
};

/** The start of an element that violates a rule, and the first line of what is wrong with it. */
function describeNode({ html, failureSummary = '' }: { html: string; failureSummary?: string }): string {
  return `${html.slice(0, 200)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`;
}

describe.skipIf(reason !== undefined)('the portal in a browser', () => {
  let server: PortalServer;
  let browser: Browser;
  let page: Page;
  let complaints: string[] = [];

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    server = await startServer();
    browser = await open();
    page = await browser.context.newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      // The browser itself reports every refused request; the page is meant to live with those.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function settled(): Promise<void> {
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(
      () =>
        document.querySelector('[aria-label^="Loading"], [aria-label^="Verifying"], [aria-label^="Opening"]') === null,
    );
    await page.evaluate(() => document.fonts.ready);
  }

  /**
   * Looks at the page in both themes, which follow the system while it is open; colours are measured where nothing
   * fades.
   */
  async function hold(name: string): Promise<void> {
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.waitForFunction(
        (dark) => document.documentElement.classList.contains('pf-v6-theme-dark') === dark,
        theme === 'dark',
      );
      await settled();
      await page.screenshot({ path: `${shots}/${name}-${theme}.png` });
      // The legacy mode spares a second page for each look: there are no frames of other origins here.
      const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ rules: experimental });
      // The theme changes colours only: what else there is to find was found in the first.
      const { violations } = await (
        theme === 'light' ? axe.withTags(rules) : axe.withRules(['color-contrast', 'link-in-text-block'])
      ).analyze();
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(describeNode).join(' | ')}`);
      expect(found).toEqual([]);
    }
    expect(complaints).toEqual([]);
  }

  async function visit(address: string, scenario: Scenario, session: typeof all | null = all): Promise<void> {
    complaints = [];
    server.set({ scenario, session });
    await page.goto(server.origin + address);
  }

  for (const scenario of ['loaded', 'empty', 'error'] as const) {
    it.each(Object.entries(routes).filter(([name]) => !same[scenario].includes(name)))(
      `is accessible on %s, ${scenario}`,
      async (name, address) => {
        await visit(address, scenario);
        if (scenario === 'error') await page.getByText('It will be back by itself').first().waitFor();
        await hold(scenario === 'loaded' ? name : `${name}-${scenario}`);
      },
    );
  }

  it('is accessible signed out, and keeps the address for after', async () => {
    await visit('/audit?object=mail-triage', 'loaded', null);
    await hold('sign-in');
    expect(await page.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(
      '/oauth2/authorization/keycloak?return=%2Faudit%3Fobject%3Dmail-triage',
    );
  });

  it.each(dialogs)('is accessible with the dialog %s open', async (name, address, button) => {
    await visit(address, 'loaded');
    if (button !== undefined) await page.getByRole('button', { name: button }).first().click();
    await page.getByRole('dialog').waitFor();
    await hold(`dialog-${name}`);
  });

  it('says that the session has ended without losing the page', async () => {
    await visit('/approvals/a-1', 'loaded', ben);
    await page.getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByLabel('Reason').fill('Measured and fair');
    server.set({ scenario: 'loaded', session: null });
    await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
    await page.getByText('Your session has ended').waitFor();
    await hold('session-ended');
  });

  it('is worked by keyboard alone: skip link, filter, open an entry, decide', async () => {
    await visit('/audit', 'loaded', ben);
    await settled();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');

    await visit('/approvals/a-1', 'loaded', ben);
    await page.getByRole('button', { name: 'Approve', exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Approve');
  });

  it('moves the focus to the heading of the page that a link leads to', async () => {
    await visit('/home', 'loaded');
    await settled();
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

  it('keeps still for those who requested for it', async () => {
    await visit('/home', 'loaded');
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
    await settled();
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  it('shows what a prompt version reads once its variables are filled', async () => {
    await visit('/prompts/mail-triage/versions/3', 'loaded');
    await page.getByLabel('company').fill('Acme');
    await page.getByLabel('mail').fill('{"body": "Win a prize now"}');
    await page.getByRole('button', { name: 'Render' }).click();
    await page.getByText('Rendered messages').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'As a chat completions request' }).click();
    await hold('prompt-version-rendered');
  });

  it('asks four columns of the playground the same, side by side', async () => {
    const models = ['acme-llm/large', 'app/mail-triage@production', 'mail-head@1', 'acme-llm/large'];
    await visit(`/playground?${models.map((model, index) => `model${index + 1}=${model}`).join('&')}`, 'loaded');
    await page.getByRole('textbox', { name: 'Message 1' }).fill('Where is my order?');
    await page.getByRole('textbox', { name: 'Message 1' }).press('Control+Enter');
    await page.getByText('$0.0031').nth(2).waitFor();
    await page.getByRole('button', { name: 'Write a draft in column D' }).press('Enter');
    await page.getByRole('textbox', { name: 'Prompt message D1' }).fill('You answer for {{company}}.');
    await page.getByLabel('company').nth(1).waitFor();
    await page.getByText('Calls find_order').scrollIntoViewIfNeeded();
    await hold('playground-run');
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      // What was typed and answered is there after a reload.
      await page.reload();
      await page.getByText('Calls find_order').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${shots}/narrow-playground-run.png` });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });

  it('shows the conversation behind a finding of a dataset', async () => {
    await visit('/datasets/support/versions/1', 'loaded');
    await page.getByRole('button', { name: 'Show the item of row 4' }).press('Enter');
    await page.getByText('Rubric: Names the number of copies.').scrollIntoViewIfNeeded();
    await hold('dataset-version-chat-item');
  });

  it('shows what the figures of a cost model rest on, and takes figures of one’s own', async () => {
    await visit('/apps/mail-triage?tab=costs', 'loaded');
    await page.getByRole('button', { name: 'Figures and their sources' }).click();
    await hold('app-costs-figures');
    await page.getByRole('button', { name: 'Compute costs' }).click();
    await page.getByRole('button', { name: 'Tokens and prices of a call' }).click();
    await page.getByRole('button', { name: 'Add an override' }).click();
    await hold('dialog-costs-figures');
  });

  it('leads from a flaw of a policy to its place in the text', async () => {
    await visit('/policies/careful-releases/new-version?target=release', 'loaded');
    const area = page.getByLabel('Rules, as JSON');
    const sound = '  {"name": "verdict", "expression": "verdict.outcome == \'PASS\'", "message": "Improve it."}';
    const typo = '  {"name": "typo", "expression": "verdict.outcom == 1", "message": ""}';
    await area.fill(`[\n${[...Array<string>(40).fill(sound), typo, ...Array<string>(40).fill(sound)].join(',\n')}\n]`);
    await page.getByRole('button', { name: 'Check' }).press('Enter');
    await page.getByRole('alert').waitFor();
    await hold('policy-flaws');
    await page.getByRole('button', { name: 'Line 42, expression of rule 41, typo' }).press('Enter');
    const shown = await area.evaluate((field: HTMLTextAreaElement) => ({
      selected: field.value.slice(field.selectionStart, field.selectionEnd),
      focused: document.activeElement === field,
      middle: (field.scrollTop + field.clientHeight / 2) / field.scrollHeight,
    }));
    expect(shown).toMatchObject({ selected: '"verdict.outcom == 1"', focused: true });
    expect(shown.middle).toBeCloseTo(0.5, 1);
  });

  it('downloads what the audit filter finds', async () => {
    await visit('/audit?object=mail-triage&do=export', 'loaded');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download audit.jsonl' }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toBe('audit.jsonl');
    expect(await text(await download.createReadStream())).toBe('{"index":0}\n');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('draws the epochs that a running job streams', async () => {
    await visit('/training/0190c000-0000-7000-8000-0000000000a1', 'loaded');
    await page.getByRole('img', { name: 'Loss by epoch, 6 epochs so far' }).waitFor();
  });

  it('fits a narrow window without scrolling sideways', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      for (const address of [
        '/home',
        '/apps/mail-triage?tab=variants',
        '/apps/mail-triage?tab=releases',
        '/apps/mail-triage?tab=costs',
        '/audit',
        '/prompts/mail-triage/new-version',
        '/playground',
        '/ops/dead-letters?letter=evaluation.41',
        '/risks',
        '/policies/dataset-admission-default',
        '/policies/dataset-admission-default/new-version',
      ]) {
        await visit(address, 'loaded');
        await settled();
        await page.screenshot({ path: `${shots}/narrow${address.replaceAll(/\W+/g, '-')}.png` });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      }
    } finally {
      await page.setViewportSize({ width: 1360, height: 860 });
    }
  });
});
