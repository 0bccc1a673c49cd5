let expected = false;

/** Called when the path changes: the next page that shows its heading takes the focus there, as a page load would. */
export function expectPage(): void {
  expected = true;
}

export function pageArrived(heading: HTMLElement | null): void {
  if (!expected || heading === null) return;
  expected = false;
  heading.focus({ preventScroll: true });
}
