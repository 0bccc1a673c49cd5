import type { Passage } from '@/shared/passages/passages';

/** A citation: the place of a numbered mark in a text, with its passage. */
export interface Citation {
  from: number;
  to: number;
  passage: Passage;
}

/** A part of a text. A part that is a mark opens its cited passage. */
export interface Part {
  text: string;
  cited?: Passage;
}

/** Returns the citations of a message of the OpenAI API: its annotations that name a passage, in the order of the text.
 *
 * @param retrieved The passages with their texts, if the answer has them
 */
export function citationsIn(message: unknown, retrieved: Passage[] = []): Citation[] {
  return withTexts(
    listIn(message, 'annotations').flatMap((annotation) => citation(annotation) ?? []),
    retrieved,
  );
}

/**
 * Returns the citation of an annotation. A provider's own annotations, such as those of a web search, name no passage.
 */
function citation(annotation: unknown): Citation | undefined {
  const { start_index: from, end_index: to, title, url } = recordIn(annotation, 'url_citation');
  const { number, passageId, documentId, section } = recordIn(annotation, 'passage');
  if (!isNumber(from) || !isNumber(to) || !isNumber(number) || !isText(documentId)) return undefined;
  const passage = {
    number,
    passageId: textOr(passageId),
    documentId,
    title: textOr(title),
    section: textOr(section),
    url: isText(url) ? url : null,
  };
  return { from, to, passage };
}

/** Returns citations in the order of the text, with the texts of retrieved passages if available. */
export function withTexts(citations: Citation[], retrieved: Passage[]): Citation[] {
  const known = ({ passageId, documentId }: Passage) =>
    retrieved.find((passage) => passage.passageId === passageId && passage.documentId === documentId);
  return citations
    .map((citation) => ({ ...citation, passage: known(citation.passage) ?? citation.passage }))
    .sort((one, other) => one.from - other.from);
}

/** Returns the passages retrieved for an answer, best first, from the field that inference adds to a completion. */
export function passagesIn(plumbline: unknown): Passage[] {
  return listIn(plumbline, 'passages')
    .flatMap((one) => {
      const { number, passageId, documentId, title, section, url, publishedAt, text } = record(one);
      if (!isNumber(number) || !isText(documentId)) return [];
      return {
        number,
        passageId: textOr(passageId),
        documentId,
        title: textOr(title),
        section: textOr(section),
        url: isText(url) ? url : null,
        publishedAt: isText(publishedAt) ? publishedAt : null,
        text: isText(text) ? text : undefined,
      };
    })
    .sort((one, other) => one.number - other.number);
}

/** Returns each cited passage once, in the order of the text. */
export function citedIn(citations: Citation[]): Passage[] {
  return [...new Map(citations.map(({ passage }) => [passage.number, passage])).values()];
}

/** Splits a text at its citation marks. A position without a mark, as in a cut text, stays text. */
export function partsOf(text: string, citations: Citation[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, passage } of citations) {
    const mark = text.slice(from, to);
    if (from < at || !/^\[\d+\]$/.test(mark)) continue;
    if (from > at) parts.push({ text: text.slice(at, from) });
    parts.push({ text: mark, cited: passage });
    at = to;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function recordIn(value: unknown, name: string): Record<string, unknown> {
  return record(record(value)[name]);
}

function listIn(value: unknown, name: string): unknown[] {
  const list = record(value)[name];
  return Array.isArray(list) ? (list as unknown[]) : [];
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function textOr(value: unknown, absent = ''): string {
  return isText(value) ? value : absent;
}
