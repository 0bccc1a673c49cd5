package io.plumbline.platform.blob;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where immutable content is kept; shared by all services of one machine
 */
@ConfigurationProperties("plumbline.blobs")
public record BlobSettings(@DefaultValue(".plumbline/blobs") Path directory) {}
