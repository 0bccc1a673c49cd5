package io.plumbline.modelregistry.catalog;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The changes of an entry that need no second person; absent fields stay as they are. */
public record BaseModelChanges(
    @Nullable String description,
    @Nullable Integer contextWindow,
    @Nullable String licence,
    @Nullable LocalDate deprecatedOn) {

  boolean isEmpty() {
    return description == null && contextWindow == null && licence == null && deprecatedOn == null;
  }
}
