const labelable = [
  HTMLButtonElement,
  HTMLInputElement,
  HTMLMeterElement,
  HTMLOutputElement,
  HTMLProgressElement,
  HTMLSelectElement,
  HTMLTextAreaElement,
];

function labelsOf(element: Element): HTMLLabelElement[] | null {
  if (element.getAttribute('type') === 'hidden') return null;
  return Array.from(element.ownerDocument.querySelectorAll('label')).filter((label) => {
    if (!label.hasAttribute('for')) return label.contains(element) && label.control === element;
    return label.htmlFor === element.id && element.ownerDocument.getElementById(element.id) === element;
  });
}

/**
 * Makes elements find their labels by the labels' attributes. Otherwise jsdom searches the page for the element of each
 * label, for each element, which takes a third of the time of tests with forms.
 */
export function findLabelsQuickly(): void {
  for (const { prototype } of labelable)
    Object.defineProperty(prototype, 'labels', {
      configurable: true,
      get(this: Element) {
        return labelsOf(this);
      },
    });
}
