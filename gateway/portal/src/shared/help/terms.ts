import { glossary } from './generated/glossary';

type Terms = (typeof glossary)[number]['terms'][number];

export type TermName = Terms['name'];

const terms: readonly Terms[] = glossary.flatMap((section): readonly Terms[] => section.terms);

export function meaningOf(name: TermName): string {
  return terms.find((term) => term.name === name)?.meaning ?? '';
}

/** Returns the id of a term on the help page. */
export function anchorOf(name: TermName): string {
  return name.replaceAll(/[^a-z]+/gi, '-');
}
