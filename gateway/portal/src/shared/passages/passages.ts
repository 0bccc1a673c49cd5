/** A part of a document, as far as it is known where it is shown. */
export interface Passage {
  /** 1 for the best, by which an answer cites it. */
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

/** Returns > Refunds; a document without a title goes by its id. */
export function headingOf({ documentId, title, section }: Pick<Passage, 'documentId' | 'title' | 'section'>): string {
  return [title === '' ? documentId : title, section].filter((part) => part !== '').join(' > ');
}

/** Where a document can be opened: its address is what somebody uploaded, so that no other scheme becomes a link. */
export function addressOf(url: string | null | undefined): string | undefined {
  return url != null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
