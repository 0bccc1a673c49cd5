import { expect, it } from 'vitest';
import { waiting } from './answer';
import {
  blockedBy,
  contentOf,
  draftOf,
  emptyBoard,
  idsOf,
  messagesOf,
  newColumn,
  openedBoard,
  overridden,
  parametersOf,
  typedMessage,
  toolsOf,
  versionOf,
  type Board,
} from './board';

const column = { ...newColumn('acme/large', 'mail@3'), variables: { mail: 'Hi' } };
const board: Board = {
  ...emptyBoard(),
  columns: [column, newColumn('app/mail')],
  conversation: [{ role: 'user', content: 'Hello' }],
  item: 'mails/2/0a1b',
};

it('names its models, prompts and item in the address, and opens with what the tab kept for them', () => {
  const ids = { item: 'mails/2/0a1b', model1: 'acme/large', prompt1: 'mail@3', model2: 'app/mail' };
  expect(idsOf(board)).toEqual(ids);
  expect(openedBoard(ids, board)).toEqual(board);
  expect(openedBoard({}, board)).toEqual(board);
  expect(openedBoard({}, undefined)).toMatchObject({ columns: [{ model: '', prompt: '' }], answers: {} });
});

it('opens another address with columns of its own, and keeps the conversation', () => {
  const opened = openedBoard({ prompt1: 'mail@4' }, board);
  expect(opened.columns).toMatchObject([{ model: '', prompt: 'mail@4', variables: {} }]);
  expect(opened.conversation).toEqual(board.conversation);
});

it('takes an answer that a reload has cut for stopped', () => {
  const answers = { [column.id]: { ...waiting('acme/large'), phase: 'streaming' as const }, gone: waiting('other') };
  expect(openedBoard({}, { ...board, answers }).answers).toMatchObject({ [column.id]: { phase: 'stopped' } });
});

it('sends what is typed and leaves out what is empty', () => {
  expect(
    messagesOf([
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: ' ' },
      { role: 'json', content: '{"role":"tool","tool_call_id":"c","content":"42"}' },
    ]),
  ).toEqual([
    { role: 'system', content: 'Be kind.' },
    { role: 'tool', tool_call_id: 'c', content: '42' },
  ]);
  expect(toolsOf({ tools: '[{"type":"function"}]' })).toEqual([{ type: 'function' }]);
  expect(parametersOf({ ...column, temperature: '0', maxTokens: '64', fields: '{"seed":1}' })).toEqual({
    temperature: 0,
    max_completion_tokens: 64,
    seed: 1,
  });
});

it('types a message of a conversation as its text, and anything more as JSON', () => {
  expect(typedMessage({ role: 'user', content: 'Hi' })).toEqual({ role: 'user', content: 'Hi' });
  expect(typedMessage({ role: 'assistant', tool_calls: [] }).role).toBe('json');
  expect(typedMessage({ role: 'user', name: 'kim', content: 'Hi' }).role).toBe('json');
});

it('says what is missing before anything can be run', () => {
  expect(blockedBy(emptyBoard())).toBe('Choose a model in column A.');
  const asks = { ...emptyBoard(), columns: [newColumn('acme/large')] };
  expect(blockedBy(asks)).toBe('Write a message first.');
  expect(blockedBy({ ...asks, columns: [newColumn('acme/large', 'mail@3')] })).toBeUndefined();
  expect(blockedBy({ ...asks, columns: [newColumn('app/mail', 'mail@3')] })).toBe('Write a message first.');
  expect(blockedBy({ ...board, conversation: [{ role: 'json', content: '[' }] })).toMatch(
    /^Message 1: this is not JSON/,
  );
  expect(blockedBy({ ...board, tools: '{}' })).toBe('The tools: must be a JSON list.');
  expect(blockedBy({ ...board, columns: [{ ...column, fields: '[]' }] })).toBe(
    'Column A: Further fields: must be a JSON object.',
  );
  expect(blockedBy(board)).toBeUndefined();
});

it('lets a column set a limit of tokens once, under whichever name', () => {
  expect(overridden({ max_tokens: 16, temperature: 0 }, { max_completion_tokens: 64 })).toEqual({
    temperature: 0,
    max_completion_tokens: 64,
  });
  expect(overridden({ max_tokens: 16 }, { seed: 1 })).toEqual({ max_tokens: 16, seed: 1 });
});

it('declares the variables that a draft names, and leaves out messages without text', () => {
  const draft = draftOf();
  draft.messages = [
    { role: 'system', content: '' },
    { role: 'user', content: 'For {{whom.name}}' },
  ];
  expect(contentOf(draft)).toMatchObject({
    messages: [{ role: 'user' }],
    variables: { properties: { whom: { type: 'string' } }, required: ['whom'] },
  });
});

it('reads the name and number of a version', () => {
  expect(versionOf('mail@3')).toEqual({ name: 'mail', version: 3 });
  expect(['', 'mail', '@3', 'mail@', 'mail@x'].map(versionOf)).toEqual(Array(5).fill(undefined));
});
