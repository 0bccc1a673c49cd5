package io.plumbline.training.feed;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits on followers of jobs. A follower that has disconnected is noticed after at most 15
 * seconds.
 *
 * @param perCaller the streams that one person may follow at a time
 * @param perProcess the streams that all callers together may follow in a process
 * @param lifetime the time after which a stream ends, so that the client has to connect again and
 *     its token is checked anew: a stream outlives a sign-out or a lost role by at most this time
 */
@ConfigurationProperties("plumbline.training.followers")
record FeedSettings(
    @DefaultValue("20") int perCaller,
    @DefaultValue("500") int perProcess,
    @DefaultValue("1m") Duration lifetime) {}
