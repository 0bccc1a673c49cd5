/** What jsdom's own style sheet looks at, beside an element's name. */
const attributes = ['style', 'hidden', 'type', 'open', 'popover', 'dir'];

const known = new Map<string, CSSStyleDeclaration>();

/** All that the style of an element follows from, while no other style sheet is loaded. */
function kind(element: Element, pseudoElement: string | null | undefined): string {
  const parts = [element.tagName, pseudoElement, ...attributes.map((name) => element.getAttribute(name))];
  for (let each = element.parentElement; each !== null; each = each.parentElement)
    parts.push(each.getAttribute('style'), each.getAttribute('hidden'));
  return JSON.stringify(parts);
}

/**
 * Asked for an element's style, jsdom holds the element against every rule of its own style sheet: a third of the time
 * of all tests, unless it is remembered.
 *
 * @returns takes it back
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
