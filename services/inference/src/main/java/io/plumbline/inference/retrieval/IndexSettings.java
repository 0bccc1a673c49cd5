package io.plumbline.inference.retrieval;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where index blobs are unpacked; may be emptied while the service is stopped
 */
@ConfigurationProperties("plumbline.indexes")
public record IndexSettings(@DefaultValue(".plumbline/indexes") Path directory) {}
