import type { Place } from './source';

/** Selects a part of a text and scrolls to it, which selecting alone does not. */
export function showPlace(area: HTMLTextAreaElement, { start, end }: Place): void {
  area.focus();
  area.setSelectionRange(start, end);
  // Measure the height of the text above. Counting lines would be wrong, because lines wrap.
  const above = area.cloneNode() as HTMLTextAreaElement;
  above.value = area.value.slice(0, start);
  above.rows = 1;
  above.style.cssText = `position: absolute; visibility: hidden; inline-size: ${area.offsetWidth}px; block-size: auto;`;
  area.after(above);
  area.scrollTop = above.scrollHeight - area.clientHeight / 2;
  above.remove();
}
