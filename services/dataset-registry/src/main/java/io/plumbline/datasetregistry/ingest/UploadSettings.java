package io.plumbline.datasetregistry.ingest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits on uploads that are read at a time. Each may fill gigabytes of the spool.
 *
 * @param perCaller the uploads that one person may send at a time
 * @param perProcess the uploads that a process reads at a time
 */
@ConfigurationProperties("plumbline.uploads")
record UploadSettings(@DefaultValue("2") int perCaller, @DefaultValue("8") int perProcess) {}
