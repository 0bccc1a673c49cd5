import type { KeyboardEvent } from 'react';

const typed = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])';

/**
 * Presses the button within an element that names the pressed key in aria-keyshortcuts. Keys work only with the focus
 * within the element and not while somebody types, so that they are in nobody's way (WCAG 2.2, 2.1.4).
 */
export function pressShortcut(event: KeyboardEvent<HTMLElement>): void {
  const { currentTarget, target, key } = event;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  // A dialog is outside the element, although its events pass through it. A key that is used up presses no second one.
  if (event.repeat || modified || event.defaultPrevented || !currentTarget.contains(target as Node)) return;
  if ((target as Element).closest(typed) !== null) return;
  const button = [...currentTarget.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')].find(
    (one) => one.getAttribute('aria-keyshortcuts') === key,
  );
  if (button === undefined) return;
  event.preventDefault();
  button.click();
}
