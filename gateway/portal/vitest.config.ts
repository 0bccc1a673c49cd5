import { defineConfig, mergeConfig } from 'vitest/config';
import vite from './vite.config.ts';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'],
      setupFiles: ['test/setup.ts'],
      css: false,
      // Modules are loaded once for all files: a third of the time. What a test changes, the set-up takes back.
      isolate: false,
      // By default, a machine of two cores would use one of them.
      maxWorkers: '100%',
      env: { DEBUG_PRINT_LIMIT: '0' },
      testTimeout: 120_000,
      // As long as the set-up lets the other queries wait.
      expect: { poll: { timeout: 10_000 } },
      reporters: ['dot'],
      // Only a test that fails shows what it logged.
      silent: 'passed-only',
      // Its modules import style sheets, which only the bundler understands.
      server: { deps: { inline: [/@patternfly/] } },
    },
  }),
);
