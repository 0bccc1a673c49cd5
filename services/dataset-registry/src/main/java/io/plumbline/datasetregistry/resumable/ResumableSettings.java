package io.plumbline.datasetregistry.resumable;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What uploads in parts may take.
 *
 * @param maxPart bytes of a part
 * @param minPart bytes of each part but the last, so that nobody makes a million of them
 * @param maxUnfinished uploads of one workspace that are not a version yet
 * @param expiry how long an upload waits for its next part, and what became of it is remembered
 */
@ConfigurationProperties("plumbline.uploads.resumable")
record ResumableSettings(
    @DefaultValue("64MB") DataSize maxPart,
    @DefaultValue("1MB") DataSize minPart,
    @DefaultValue("20") int maxUnfinished,
    @DefaultValue("24h") Duration expiry) {}
