package io.plumbline.inference.cache;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Refreshes the workspace caches while the service runs. */
@Configuration(proxyBeanMethods = false)
class WorkspaceCacheConfiguration {

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCacheConfiguration.class);

  @Bean
  BackgroundLoop workspaceChangeRemoval(WorkspaceChanges changes) {
    return BackgroundLoop.every(
        Duration.ofMinutes(10),
        "workspace-changes",
        changes::deleteOld,
        cause -> log.error("Old changes could not be deleted. This is tried again", cause));
  }

  @Bean
  BackgroundLoop workspaceCacheRefresh(
      WorkspaceCaches caches, @Value("${plumbline.workspace-cache.refresh:2s}") Duration interval) {
    return BackgroundLoop.every(
        interval,
        "workspace-cache",
        caches::refreshChanged,
        cause ->
            log.error(
                "The workspace caches were not all refreshed. They keep their values, and will be"
                    + " refreshed again",
                cause));
  }
}
