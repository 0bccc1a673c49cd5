package io.plumbline.training.feed;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits on followers of jobs. A follower that has disconnected is noticed after at most 15
 * seconds.
 *
 * @param perCaller the streams that one person may follow at a time
 * @param perProcess the streams that all callers together may follow in a process
 */
@ConfigurationProperties("plumbline.training.followers")
record FeedSettings(@DefaultValue("20") int perCaller, @DefaultValue("500") int perProcess) {}
