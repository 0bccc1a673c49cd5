package io.plumbline.training.feed;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may follow jobs. A follower that has gone is noticed after a quarter of a minute at most.
 *
 * @param perCaller streams that one person follows at a time
 * @param perProcess streams of all
 */
@ConfigurationProperties("plumbline.training.followers")
record FeedSettings(@DefaultValue("20") int perCaller, @DefaultValue("500") int perProcess) {}
