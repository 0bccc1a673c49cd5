package io.plumbline.inference.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of indexes.
 *
 * @param directory where index blobs are unpacked; may be emptied while the service is stopped
 * @param pause the pause before a batch is sent again to a provider that did not take it; later
 *     pauses are longer
 * @param patience the time after the last embedded batch after which an index is given up
 */
@ConfigurationProperties("plumbline.indexes")
public record IndexSettings(
    @DefaultValue(".plumbline/indexes") Path directory,
    @DefaultValue("2s") Duration pause,
    @DefaultValue("24h") Duration patience) {}
