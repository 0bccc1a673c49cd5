import { defineConfig, mergeConfig } from 'vitest/config';
import vite from './vite.config';

export default mergeConfig(
  vite,
  defineConfig({
    test: {
      environment: 'jsdom',
      include: ['src/**/*.test.{ts,tsx}', 'test/unit/**/*.test.ts'],
      setupFiles: ['test/setup.ts'],
      css: false,
      testTimeout: 15_000,
      // The component library is a thousand small modules that import style sheets; bundled once, a test file starts in a second.
      deps: { optimizer: { client: { enabled: true, include: ['@patternfly/react-core', '@patternfly/react-table'] } } },
    },
  }),
);
