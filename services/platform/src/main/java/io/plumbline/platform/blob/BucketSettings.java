package io.plumbline.platform.blob;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The settings of content that is kept in a bucket of an S3 API.
 *
 * @param bucket the name of the bucket; content is kept in a folder where none is set
 * @param endpoint the address of the API; that of AWS where none is set
 * @param region the region that requests are signed for
 * @param prefix what the key of every object begins with, such as {@code plumbline/}
 * @param pathStyle whether the bucket is named in the path rather than in the host name
 * @param credentials a file of AWS's format, whose profile {@code default} is used and which is
 *     read again when it changes; where none is set, the SDK looks in the environment, the user's
 *     profile, and the metadata of the container and the machine
 * @param cache the size above which content that was downloaded is deleted from the disk
 * @param timeout the maximum silence of the API while it is called
 */
@ConfigurationProperties("plumbline.blobs.s3")
public record BucketSettings(
    String bucket,
    @Nullable URI endpoint,
    @DefaultValue("us-east-1") String region,
    @DefaultValue("") String prefix,
    @DefaultValue("false") boolean pathStyle,
    @Nullable Path credentials,
    @DefaultValue("5GB") DataSize cache,
    @DefaultValue("10s") Duration timeout) {

  public BucketSettings {
    if (bucket.isBlank()) {
      throw new IllegalArgumentException("plumbline.blobs.s3.bucket must name a bucket");
    }
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "plumbline.blobs.s3.prefix must end with '/', not be '" + prefix + "'");
    }
  }
}
