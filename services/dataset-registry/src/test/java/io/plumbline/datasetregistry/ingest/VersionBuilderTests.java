package io.plumbline.datasetregistry.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.upload.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VersionBuilderTests {

  @ParameterizedTest
  @EnumSource
  void an_upload_is_to_be_uploaded_again(Format format) {
    assertThat(VersionBuilder.retryRemedy(origin(format.name(), null)))
        .isEqualTo("Upload the file again.");
  }

  @Test
  void what_nobody_uploaded_is_to_be_made_again() {
    assertThat(
            List.of(
                origin(DatasetVersion.Origin.ROWS, 1),
                origin(DatasetVersion.Origin.DRAFT, null),
                origin(DatasetVersion.Origin.DRAFT, 1)))
        .allSatisfy(origin ->
            assertThat(VersionBuilder.retryRemedy(origin)).isEqualTo("Make the version again."));
  }

  private static DatasetVersion.Origin origin(String format, @Nullable Integer derivedFrom) {
    return new DatasetVersion.Origin(format, Digest.ofText("source"), 1, derivedFrom, List.of());
  }
}
