package io.plumbline.training.feed;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The configuration of the streams of jobs, with the loop that reads for all followers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedSettings.class)
class FeedConfiguration {

  private static final Logger log = LoggerFactory.getLogger(FeedConfiguration.class);

  @Bean
  JobFeed jobFeed(FeedReader reads, FeedSettings settings) {
    return new JobFeed(
        reads,
        settings,
        () -> new SseEmitter(0L),
        follower -> Thread.ofVirtual().name("follower").start(follower));
  }

  /** Ends the streams before the web server waits for requests to end. */
  @Bean
  ApplicationListener<ContextClosedEvent> endOfFeeds(JobFeed feed) {
    return closing -> feed.close();
  }

  @Bean
  BackgroundLoop jobFeedLoop(JobFeed feed) {
    return new BackgroundLoop(
        "job-feed",
        Duration.ofSeconds(1),
        feed::awaitAndDeliver,
        cause ->
            log.warn(
                "The events of training jobs could not be read for the clients that follow them;"
                    + " tried again: {}",
                cause.toString()));
  }
}
