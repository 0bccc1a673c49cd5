import { AxeBuilder } from '@axe-core/playwright';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Scenario } from '../mocks/handlers';
import { all } from '../mocks/world';
import { open, type Browser } from './chromium';
import { startServer, type PortalServer } from './server';

const shots = fileURLToPath(new URL('../../screenshots', import.meta.url));
/** Pictures are for people, who ask for them: taking them is a third of the time. */
const pictures = process.env['PLUMBLINE_SCREENSHOTS'] === 'true';
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a person sees on a control is what they can say to it; the rule is off unless it is named. */
const experimental = { 'label-content-name-mismatch': { enabled: true } };
const themes = ['light', 'dark'] as const;

/** The start of an element that violates a rule, and the first line of what is wrong with it. */
function describeNode({ html, failureSummary = '' }: { html: string; failureSummary?: string }): string {
  return `${html.slice(0, 200)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`;
}

/** Somebody with a browser and a portal of their own, who looks closely at each page. */
export class Visitor {
  /** What the page in front of them reported since they came. */
  complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly server: PortalServer,
    private readonly browser: Browser,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // The browser itself reports every refused request; the page is meant to live with those.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.complaints.push(message.text());
    });
  }

  static async arrive(): Promise<Visitor> {
    if (pictures) mkdirSync(shots, { recursive: true });
    const server = await startServer();
    const browser = await open();
    return new Visitor(await browser.context.newPage(), server, browser);
  }

  async leave(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }

  async visit(address: string, scenario: Scenario, session: typeof all | null = all): Promise<void> {
    this.complaints = [];
    this.server.set({ scenario, session });
    await this.page.goto(this.server.origin + address);
  }

  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.waitForFunction(
      () =>
        document.querySelector('[aria-label^="Loading"], [aria-label^="Verifying"], [aria-label^="Opening"]') === null,
    );
    await this.page.evaluate(() => document.fonts.ready);
  }

  async picture(name: string): Promise<void> {
    if (pictures) await this.page.screenshot({ path: `${shots}/${name}.png` });
  }

  /**
   * Looks at the page in both themes, which follow the system while it is open; colours are measured where nothing
   * fades.
   */
  async hold(name: string): Promise<void> {
    const { page } = this;
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await page.waitForFunction(
        (dark) => document.documentElement.classList.contains('pf-v6-theme-dark') === dark,
        theme === 'dark',
      );
      await this.settled();
      await this.picture(`${name}-${theme}`);
      // The legacy mode spares a second page for each look: there are no frames of other origins here.
      // Of what passes, nothing is written down.
      const axe = new AxeBuilder({ page })
        .setLegacyMode(true)
        .options({ rules: experimental, resultTypes: ['violations'] });
      // The theme changes colours only: what else there is to find was found in the first.
      const { violations } = await (
        theme === 'light' ? axe.withTags(rules) : axe.withRules(['color-contrast', 'link-in-text-block'])
      ).analyze();
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(describeNode).join(' | ')}`);
      expect(found).toEqual([]);
    }
    expect(this.complaints).toEqual([]);
  }
}
