/** A part of a document, with the fields that are known where it is shown. */
export interface Passage {
  /** The number by which an answer cites the passage; 1 is the best. */
  number: number;
  passageId: string;
  documentId: string;
  title: string;
  /** Its headings, outermost first; empty without any. */
  section: string;
  url?: string | null | undefined;
  publishedAt?: string | null | undefined;
  text?: string | undefined;
}

/** Returns a heading such as "Returns > Refunds". A document without a title is named by its id. */
export function headingOf({ documentId, title, section }: Pick<Passage, 'documentId' | 'title' | 'section'>): string {
  return [title === '' ? documentId : title, section].filter((part) => part !== '').join(' > ');
}

/** Returns the link of a document. Uploaded addresses are not trusted, so only http and https become links. */
export function addressOf(url: string | null | undefined): string | undefined {
  return url != null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
