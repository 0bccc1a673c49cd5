package io.plumbline.datasetregistry.row;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.util.Set;

/** The schema of documents, one on each line. Members beside the document become metadata. */
public record DocumentSchema() implements LineSchema {

  /** An example of a line. */
  public static final String EXAMPLE =
      """
      {"document":{"documentId":"returns.md","title":"Returns",\
      "text":"# Returns\\n\\nWithin 14 days."}}\
      """;

  private static final String DOCUMENT = "document";

  @Override
  public Accepted read(RawRecord raw) throws LineFault {
    return new Accepted(
        Input.ofDocument(
            DocumentFields.read(LineMembers.toTree(raw.fields()).path(DOCUMENT), DOCUMENT)),
        Expected.NOTHING,
        LineMembers.metadata(raw.fields(), Set.of(DOCUMENT)));
  }
}
