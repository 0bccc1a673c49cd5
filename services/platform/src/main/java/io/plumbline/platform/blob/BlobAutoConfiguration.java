package io.plumbline.platform.blob;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Configures the store of immutable content, and the collection of content that nothing refers to.
 */
@AutoConfiguration
@EnableConfigurationProperties(BlobSettings.class)
public class BlobAutoConfiguration {

  @Bean
  BlobStore blobStore(BlobSettings settings, @Value("${spring.application.name}") String service) {
    return new BlobStore(settings, service);
  }

  @Bean
  BlobParts blobParts(BlobStore store) {
    return store.parts();
  }

  @Bean
  BlobGarbageCollector blobCollector(
      BlobSettings settings,
      @Value("${spring.application.name}") String service,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      Clock clock) {
    return new BlobGarbageCollector(settings, service, sql, transactions, clock);
  }
}
