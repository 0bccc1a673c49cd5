package io.plumbline.platform.blob;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of the content store.
 *
 * @param directory the folder that immutable content is written to; all services of one machine
 *     share it
 * @param shared the folder that holds the directory of each service, where none may write to that
 *     of another; absent where all services share one
 * @param quota the maximum size of the content of one workspace, over all services
 * @param grace the minimum age of content before it is deleted because nothing refers to it; longer
 *     than any job takes between writing content and recording it
 */
@ConfigurationProperties("plumbline.blobs")
public record BlobSettings(
    @DefaultValue(".plumbline/blobs") Path directory,
    @Nullable Path shared,
    @DefaultValue("50GB") DataSize quota,
    @DefaultValue("7d") Duration grace) {

  public BlobSettings {
    if (grace.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "plumbline.blobs.grace must be at least an hour, not " + grace);
    }
  }
}
