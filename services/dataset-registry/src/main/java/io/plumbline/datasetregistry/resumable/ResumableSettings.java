package io.plumbline.datasetregistry.resumable;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits of uploads in parts.
 *
 * @param maxPart the maximum bytes of a part
 * @param minPart the minimum bytes of each part but the last, so that an upload does not have a
 *     million parts
 * @param maxUnfinished the maximum number of a workspace's uploads that are not a version yet
 * @param expiry the time for which an upload waits for its next part, and for which it is kept
 *     after a version was made of it
 */
@ConfigurationProperties("plumbline.uploads.resumable")
record ResumableSettings(
    @DefaultValue("64MB") DataSize maxPart,
    @DefaultValue("1MB") DataSize minPart,
    @DefaultValue("20") int maxUnfinished,
    @DefaultValue("24h") Duration expiry) {}
