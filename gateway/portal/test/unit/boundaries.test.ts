import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint();

async function messages(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return (result?.messages ?? [])
    .map(({ message }) => message)
    .filter((message) => !message.includes('unused') && !message.includes('never used'));
}

describe('the boundaries', () => {
  it.each([
    [
      'src/features/audit/Some.ts',
      "import { lint } from '@/features/prompts/prompts';\nlint;",
      'A feature imports nothing of another feature',
    ],
    ['src/features/audit/Some.ts', "import { lint } from '../prompts/prompts';\nlint;", 'Import across folders by @/'],
    ['src/features/audit/Some.ts', "void import('@/features/prompts/prompts');", 'Routes are made lazy in app'],
    ['src/features/audit/Some.ts', "import { router } from '@/app/router';\nrouter;", 'app is the composition root'],
    ['src/shared/ui/Some.ts', "import { lint } from '@/features/prompts/prompts';\nlint;", 'shared knows no feature'],
    ['src/shared/ui/Some.ts', "export * from './Time';", 'No barrel files'],
    ['src/features/audit/Some.ts', "export { rootOf } from './merkle';", 'No barrel files'],
    ['src/features/audit/index.ts', 'export const one = 1;', 'No barrel files'],
    ['src/features/audit/Some.ts', "import { z } from 'zod';\nz;", 'Import z from @/shared/form/schema'],
  ])('%s may not say %s', async (file, text, reason) => {
    expect((await messages(file, text)).join('\n')).toContain(reason);
  });

  it('let a feature use its own files and what is shared', async () => {
    const text =
      "import { rootOf } from './merkle';\nimport { count } from '@/shared/text/format';\n" +
      'export const both = [rootOf, count];\n';
    expect(await messages('src/features/audit/Some.ts', text)).toEqual([]);
  });
});
