/* eslint-disable no-restricted-syntax -- tests read the fixtures as one world; nothing of it is bundled */
/** A workspace with the application mail-triage, as the demo leaves it. */
export * from './applications';
export * from './approvals';
export * from './audit';
export * from './evaluations';
export * from './people';
export * from './prompts';
export * from './releases';
export * from './variants';
