package io.plumbline.datasetregistry.upload;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of an upload, so that it is read in bounded memory and time.
 *
 * @param maxBytes the bytes of the body as it arrives
 * @param maxPlainBytes the bytes after decompression
 * @param maxGzipRatio the plain bytes for each compressed byte; text rarely exceeds 20, DEFLATE can
 *     reach 1,032
 * @param maxRecordChars the characters of a CSV record or a line of JSON
 * @param maxRows the rows of a version
 * @param maxColumns the columns of a CSV header, or the members of an object
 * @param maxJsonDepth the nesting of arrays and objects
 * @param maxLabels the labels of a version; a column with more is free text
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
    @DefaultValue("1000") int maxLabels) {}
