import { afterAll, beforeAll, describe, it } from 'vitest';
import { missing } from './chromium';
import { same, screens } from './screens';
import { Visitor } from './visitor';

describe.skipIf(missing() !== undefined)('the portal with nothing to show', () => {
  let visitor: Visitor;

  beforeAll(async () => {
    visitor = await Visitor.arrive();
  });
  afterAll(() => visitor?.leave());

  for (const scenario of ['empty', 'error'] as const) {
    it.each(Object.entries(screens).filter(([name]) => !same[scenario].includes(name)))(
      `is accessible on %s, ${scenario}`,
      async (name, address) => {
        await visitor.visit(address, scenario);
        if (scenario === 'error') await visitor.page.getByText('It will be back by itself').first().waitFor();
        await visitor.hold(`${name}-${scenario}`);
      },
    );
  }
});
