package io.plumbline.datasetregistry.upload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of an upload, so that it is read in bounded memory and time.
 *
 * @param maxBytes of the body as it arrives
 * @param maxPlainBytes after decompression
 * @param maxGzipRatio plain bytes for each compressed one; text rarely exceeds 20, DEFLATE can
 *     reach 1,032
 * @param maxRecordChars of one CSV record or one line of JSON
 * @param maxRows of a version
 * @param maxColumns of a CSV header, or members of an object
 * @param maxJsonDepth of arrays and objects
 * @param maxLabels of a version; a column with more is free text, not labels
 */
@ConfigurationProperties("plumbline.uploads")
public record UploadLimits(
    @DefaultValue("2GB") DataSize maxBytes,
    @DefaultValue("4GB") DataSize maxPlainBytes,
    @DefaultValue("100") int maxGzipRatio,
    @DefaultValue("2097152") int maxRecordChars,
    @DefaultValue("1000000") int maxRows,
    @DefaultValue("256") int maxColumns,
    @DefaultValue("32") int maxJsonDepth,
    @DefaultValue("1000") int maxLabels) {

  /** The defaults, for code that runs without configuration. */
  public static UploadLimits standard() {
    return new UploadLimits(
        DataSize.ofGigabytes(2),
        DataSize.ofGigabytes(4),
        100,
        2 * 1024 * 1024,
        1_000_000,
        256,
        32,
        1_000);
  }
}
