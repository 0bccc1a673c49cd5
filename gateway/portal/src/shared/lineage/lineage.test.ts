import { expect, it } from 'vitest';
import { subsetsOf, treeOf, type Branch, type LineageNode } from './lineage';

const node = (kind: LineageNode['kind'], nodeId: string, ...madeOf: LineageNode['madeOf']): LineageNode => ({
  kind,
  nodeId,
  name: nodeId,
  changedAt: '2026-11-25T00:00:00Z',
  madeOf,
});

const named = (branches: Branch[]): unknown[] =>
  branches.map(({ node: { nodeId }, branches: below }) => [nodeId, ...named(below)]);

const job = node('TRAINING_JOB', 'job', { kind: 'SUBSET', nodeId: 'ab/train' }, { kind: 'SUBSET', nodeId: 'cd/train' });
const model = node('MODEL_VERSION', 'model', { kind: 'TRAINING_JOB', nodeId: 'job' });
const index = node('INDEX', 'index', { kind: 'SUBSET', nodeId: 'ab/documents' });

it('puts each node below what it was made of, oldest first', () => {
  const variant = node('VARIANT', 'variant', { kind: 'MODEL_VERSION', nodeId: 'model' });
  expect(named(treeOf([variant, model, index, job]))).toEqual([['job', ['model', ['variant']]], ['index']]);
});

it('puts what was made of two below the first, and once', () => {
  const variant = node('VARIANT', 'v', { kind: 'INDEX', nodeId: 'index' }, { kind: 'MODEL_VERSION', nodeId: 'model' });
  expect(named(treeOf([variant, model, index, job]))).toEqual([
    ['job', ['model']],
    ['index', ['v']],
  ]);
});

it('keeps what was made of nothing that is named', () => {
  expect(named(treeOf([model]))).toEqual([['model']]);
});

it('names the subsets that a node was made of once', () => {
  expect(subsetsOf(job)).toEqual(['train']);
});
