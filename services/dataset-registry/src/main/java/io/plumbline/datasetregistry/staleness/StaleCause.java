package io.plumbline.datasetregistry.staleness;

/** A reason why a question may no longer have the answer that is expected. */
enum StaleCause {
  /** The document of a passage is gone: no document has its id. */
  DOCUMENT_GONE,

  /** The document no longer has the words of a passage's quote. */
  QUOTE_GONE,

  /** The document no longer has the words of a passage's section. */
  SECTION_GONE,

  /** An expected answer occurred in the document of the earlier version, and no longer does. */
  ANSWER_GONE,

  /** Title or text of the document differ from those of the earlier version. */
  DOCUMENT_CHANGED
}
