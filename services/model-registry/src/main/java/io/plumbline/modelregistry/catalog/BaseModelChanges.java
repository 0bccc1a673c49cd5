package io.plumbline.modelregistry.catalog;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The changes of an entry; absent fields stay as they are. */
public record BaseModelChanges(
    @Nullable String description,
    @Nullable Integer contextWindow,
    @Nullable Price inputPrice,
    @Nullable Price cachedInputPrice,
    @Nullable Price outputPrice,
    @Nullable String licence,
    @Nullable LocalDate deprecatedOn) {}
