package io.plumbline.platform.blob;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param directory where immutable content is kept; shared by all services of one machine
 * @param quota what one workspace may keep there, of all services together
 * @param grace how old content must be before it is deleted because nothing refers to it; longer
 *     than any job between writing content and recording it
 */
@ConfigurationProperties("plumbline.blobs")
public record BlobSettings(
    @DefaultValue(".plumbline/blobs") Path directory,
    @DefaultValue("50GB") DataSize quota,
    @DefaultValue("7d") Duration grace) {

  public BlobSettings {
    if (grace.compareTo(Duration.ofHours(1)) < 0) {
      throw new IllegalArgumentException(
          "plumbline.blobs.grace must be at least an hour, not " + grace);
    }
  }
}
