/** The attributes that jsdom's style sheet depends on, beside an element's name. */
const attributes = ['style', 'hidden', 'type', 'open', 'popover', 'dir'];

const known = new Map<string, CSSStyleDeclaration>();

/** Returns a key of everything that determines an element's style, while no other style sheet is loaded. */
function kind(element: Element, pseudoElement: string | null | undefined): string {
  const parts = [element.tagName, pseudoElement, ...attributes.map((name) => element.getAttribute(name))];
  for (let each = element.parentElement; each !== null; each = each.parentElement)
    parts.push(each.getAttribute('style'), each.getAttribute('hidden'));
  return JSON.stringify(parts);
}

/**
 * Caches the styles of elements. Otherwise jsdom matches an element against every rule of its style sheet, which takes
 * a third of the time of all tests.
 *
 * @returns a function that removes the cache
 */
export function rememberStyles(): () => void {
  const original = window.getComputedStyle;
  window.getComputedStyle = (element, pseudoElement) => {
    const asked = kind(element, pseudoElement);
    const style = known.get(asked) ?? original(element, pseudoElement);
    known.set(asked, style);
    return style;
  };
  return () => {
    window.getComputedStyle = original;
  };
}
