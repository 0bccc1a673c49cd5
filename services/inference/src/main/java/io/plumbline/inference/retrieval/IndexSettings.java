package io.plumbline.inference.retrieval;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param directory where index blobs are unpacked; may be emptied while the service is stopped
 * @param pause before an index's batch is sent to a provider again that did not take it; later ones
 *     are longer
 * @param patience how long after the last batch that a provider embedded an index is given up
 */
@ConfigurationProperties("plumbline.indexes")
public record IndexSettings(
    @DefaultValue(".plumbline/indexes") Path directory,
    @DefaultValue("2s") Duration pause,
    @DefaultValue("24h") Duration patience) {}
