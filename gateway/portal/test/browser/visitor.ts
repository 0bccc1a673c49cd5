import type { RunOptions } from 'axe-core';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Scenario } from '../mocks/handlers';
import { all } from '../mocks/world';
import { open, type Browser } from './chromium';
import { startServer, type PortalServer } from './server';

const shots = fileURLToPath(new URL('../../screenshots', import.meta.url));
/** True to take pictures, which is a third of the time. */
const pictures = process.env['PLUMBLINE_SCREENSHOTS'] === 'true';
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rule that an accessible name contains the visible text, for speech control. It is off by default. */
const experimental = { 'label-content-name-mismatch': { enabled: true } };
const themes = ['light', 'dark'] as const;

type Axe = typeof import('axe-core');

/** The start of an element that violates a rule, and the first line of what is wrong with it. */
function describeNode({ html, failureSummary = '' }: { html: string; failureSummary?: string }): string {
  return `${html.slice(0, 200)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`;
}

/** A visitor with a browser and a portal of their own, who checks each page. */
export class Visitor {
  /** The errors that the page reported since it was opened. */
  complaints: string[] = [];

  private constructor(
    readonly page: Page,
    readonly server: PortalServer,
    private readonly browser: Browser,
  ) {
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      // The browser reports every refused request as an error. Pages handle these, so they do not count.
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

  /** Checks the page in both themes, which follow the system. Colours are measured when no transition is running. */
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
      const violations = await page.evaluate(
        async (options) => (await (globalThis as unknown as { axe: Axe }).axe.run(options)).violations,
        // The theme changes only colours. Everything else was checked in the first theme.
        // Results of passed rules are not recorded.
        {
          runOnly: theme === 'light' ? rules : ['color-contrast', 'link-in-text-block'],
          rules: experimental,
          resultTypes: ['violations'],
        } satisfies RunOptions,
      );
      const found = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(describeNode).join(' | ')}`);
      expect(found).toEqual([]);
    }
    expect(this.complaints).toEqual([]);
  }
}
