import { expect, it } from 'vitest';
import { listOf, optionalNumber, requiredNumber, requiredText } from './schema';

it('reads a number as it is typed, and an empty field as none', () => {
  const share = optionalNumber('From 0 to 99.', (value) => value >= 0 && value < 100);
  expect(share.parse(' 20 ')).toBe(20);
  expect(share.parse(' ')).toBeUndefined();
  expect(share.safeParse('150').error?.issues[0]?.message).toBe('From 0 to 99.');
  expect(share.safeParse('many').success).toBe(false);
});

it('requires what must not be empty', () => {
  expect(requiredText('Name it.').parse(' mails ')).toBe('mails');
  expect(requiredText('Name it.').safeParse('  ').error?.issues[0]?.message).toBe('Name it.');
  expect(requiredNumber('Count them.').parse('12')).toBe(12);
  expect(requiredNumber('Count them.').safeParse('a dozen').error?.issues[0]?.message).toBe('Count them.');
});

it('splits a list, without empty parts and without repetitions', () => {
  expect(listOf('billing, delivery,, billing')).toEqual(['billing', 'delivery']);
  expect(listOf('one\ntwo three', /\s+/)).toEqual(['one', 'two', 'three']);
});
