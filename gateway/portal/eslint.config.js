import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const features = readdirSync(new URL('./src/features', import.meta.url));

const imports = (...patterns) => ['error', { patterns }];
const noParent = { group: ['../*'], message: 'Import across folders by @/…, so that the boundaries can be checked.' };
const noApp = { group: ['@/app/*'], message: 'app is the composition root: nothing imports it.' };
const noGenerated = { group: ['msw', 'msw/*', '@/../test/*'], message: 'Test code stays out of the bundle.' };

const noZod = {
  group: ['zod', 'zod/*'],
  message: 'Import z from @/shared/form/schema, which keeps schemas from being compiled by eval.',
};

const syntax = [
  { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that defines the name.' },
  {
    selector: 'ExportNamedDeclaration[source]',
    message: 'No barrel files: import from the file that defines the name.',
  },
];

export default tseslint.config(
  { ignores: ['dist', 'screenshots', 'src/shared/*/generated', 'public'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  reactHooks.configs.flat['recommended-latest'],
  { rules: { 'no-restricted-syntax': ['error', ...syntax] } },
  {
    files: ['*.js', 'scripts/**'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['src/shared/**'],
    rules: {
      'no-restricted-imports': imports(noParent, noApp, noGenerated, {
        group: ['@/features/*'],
        message: 'shared knows no feature: move what it needs into shared, or the caller into the feature.',
      }),
    },
  },
  ...features.map((feature) => ({
    files: [`src/features/${feature}/**`],
    rules: {
      'no-restricted-imports': imports(noParent, noApp, noGenerated, noZod, {
        group: ['@/features/*'],
        message:
          'A feature imports nothing of another feature: compose both in app, or move the common part to shared.',
      }),
      'no-restricted-syntax': [
        'error',
        ...syntax,
        {
          selector: 'ImportExpression',
          message: 'Routes are made lazy in app; inside a feature a dynamic import would escape the boundary check.',
        },
      ],
    },
  })),
  {
    files: ['src/**/index.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'Program', message: 'No barrel files: a file is named for what it defines.' },
      ],
    },
  },
  { files: ['src/**/*.test.{ts,tsx}', 'test/**'], rules: { 'no-restricted-imports': 'off' } },
);
