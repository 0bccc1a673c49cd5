package io.plumbline.inference.apikey;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads revocations, and writes when keys were last used, while the service runs. */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ApiKeyConfiguration.class);

  @Bean
  BackgroundLoop apiKeyRevocations(ApiKeyCache keys, ApiKeySettings settings) {
    return BackgroundLoop.every(
        settings.poll(),
        "api-key-revocations",
        keys::pollRevocations,
        cause ->
            log.warn(
                "The revocations of API keys were not read. Cached keys stay valid for at most {},"
                    + " and reading will be tried again: {}",
                settings.believed(),
                cause.toString()));
  }

  @Bean
  BackgroundLoop apiKeyUses(LastUsedTracker uses, ApiKeySettings settings) {
    return BackgroundLoop.every(
        settings.lastUse(),
        "api-key-uses",
        uses::writeUses,
        cause ->
            log.warn(
                "The last uses of API keys were not written. They stay in memory, and will be tried"
                    + " again: {}",
                cause.toString()));
  }
}
