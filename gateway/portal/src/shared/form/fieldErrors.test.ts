import { expect, it } from 'vitest';
import { fieldOf } from './fieldErrors';

const values = { name: '', criteria: [{ metric: 'accuracy' }], variables: { 'a/b': '' } };

it('turns a JSON pointer into the path of a field', () => {
  expect(fieldOf('/name', values)).toBe('name');
  expect(fieldOf('/criteria/0/metric', values)).toBe('criteria.0.metric');
  expect(fieldOf('/variables/a~1b', values)).toBe('variables.a/b');
});

it('stops at the field that a pointer goes below', () => {
  expect(fieldOf('/name/first', values)).toBe('name');
});

it('prefers the fields that are mapped by name', () => {
  expect(fieldOf('/promptDigest', values, { '/promptDigest': 'name' })).toBe('name');
  expect(fieldOf('/promptDigest/0', values, { '/promptDigest': 'name' })).toBe('name');
});

it('finds no field for what the form does not have', () => {
  expect(fieldOf('/elsewhere', values)).toBeUndefined();
  expect(fieldOf('', values)).toBeUndefined();
});
