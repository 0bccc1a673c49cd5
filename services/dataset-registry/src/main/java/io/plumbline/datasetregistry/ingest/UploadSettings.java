package io.plumbline.datasetregistry.ingest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many uploads are read at a time: each may fill gigabytes of the spool.
 *
 * @param perCaller uploads that one person sends at a time
 * @param perProcess uploads of all
 */
@ConfigurationProperties("plumbline.uploads")
record UploadSettings(@DefaultValue("2") int perCaller, @DefaultValue("8") int perProcess) {}
