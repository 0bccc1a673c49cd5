import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext } from 'playwright-core';

const axe = fileURLToPath(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url));
const executable = process.env['PLUMBLINE_CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Returns the reason why browser tests cannot run here; undefined when they can. Where tests guard a release, a missing
 * browser is a failure.
 */
export function missing(): string | undefined {
  if (existsSync(executable)) return undefined;
  const sentence = `Browser tests need ${executable}: apt-get install chromium, or name another by PLUMBLINE_CHROMIUM.`;
  if (process.env['CI']) throw new Error(sentence);
  return sentence;
}

export interface Browser {
  context: BrowserContext;
  close(): Promise<void>;
}

export async function open(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'plumbline-portal-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    headless: true,
    viewport: { width: 1360, height: 860 },
    timezoneId: 'Europe/Vienna',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  // Every page has it from the start. To send and compile it for each check would take longer than most checks.
  await context.addInitScript({ path: axe });
  return {
    context,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
