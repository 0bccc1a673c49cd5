import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { sessionStarted } from '../src/shared/session/expiry';
import { findLabelsQuickly } from './labels';
import { server } from './server';
import { rememberStyles } from './styles';

// Lazy routes load their modules first. On a busy machine that takes longer than the default second.
configure({ asyncUtilTimeout: 10_000 });

/** Replaces EventSource, which jsdom lacks. A page that follows events stays in its state before the first one. */
class SilentEventSource extends EventTarget {
  onopen = null;
  onerror = null;
  close(): void {
    // nothing was opened
  }
}

/** Returns the text of a blob, which jsdom's blobs cannot. */
function textOf(this: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(this);
  });
}

let forgetStyles: (() => void) | undefined;

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  globalThis.EventSource = SilentEventSource as unknown as typeof EventSource;
  Blob.prototype.text = textOf;
  window.scrollTo = () => undefined;
  findLabelsQuickly();
  forgetStyles = rememberStyles();
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  sessionStorage.clear();
  localStorage.clear();
  sessionStarted();
});
afterAll(() => {
  server.close();
  forgetStyles?.();
});
