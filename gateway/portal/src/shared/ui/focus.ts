let expected = false;

/**
 * Call this when the path changes. The next page that shows its heading moves the focus there, as a page load would.
 */
export function expectPage(): void {
  expected = true;
}

export function pageArrived(heading: HTMLElement | null): void {
  if (!expected || heading === null) return;
  expected = false;
  heading.focus({ preventScroll: true });
}
