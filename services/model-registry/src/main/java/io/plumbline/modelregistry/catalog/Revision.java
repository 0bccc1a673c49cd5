package io.plumbline.modelregistry.catalog;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is to change about an entry; absent is as it was. */
public record Revision(
    @Nullable String description,
    @Nullable Integer contextWindow,
    @Nullable BigDecimal inputPerMillion,
    @Nullable BigDecimal outputPerMillion,
    @Nullable String licence,
    @Nullable LocalDate deprecatedOn) {}
