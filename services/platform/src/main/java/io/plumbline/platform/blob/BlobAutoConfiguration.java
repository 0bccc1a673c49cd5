package io.plumbline.platform.blob;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Configures the store of immutable content, in a bucket where one is set and in a folder
 * otherwise, and the collection of content that nothing refers to.
 */
@AutoConfiguration
@EnableConfigurationProperties(BlobSettings.class)
public class BlobAutoConfiguration {

  /** Content in a bucket. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("plumbline.blobs.s3.bucket")
  @EnableConfigurationProperties(BucketSettings.class)
  static class InBucket {

    @Bean
    Bucket bucket(BucketSettings settings, MeterRegistry meters) {
      return new Bucket(BucketClients.open(settings), settings, meters);
    }

    @Bean
    BlobCache blobCache(
        BlobSettings blobs,
        BucketSettings settings,
        @Value("${spring.application.name}") String service,
        Clock clock) {
      return new BlobCache(
          blobs.directory().resolve("cache").resolve(service), settings.cache().toBytes(), clock);
    }

    @Bean
    BucketBlobStore blobStore(
        Bucket bucket,
        BlobCache cache,
        BlobSettings settings,
        @Value("${spring.application.name}") String service) {
      return new BucketBlobStore(
          bucket, service, cache, new BlobQuota(settings.quota(), System::nanoTime));
    }

    @Bean
    BlobParts blobParts(
        Bucket bucket,
        BlobCache cache,
        BucketBlobStore store,
        BlobSettings settings,
        @Value("${spring.application.name}") String service) {
      return new BucketBlobParts(bucket, service, cache, store, settings.grace());
    }

    @Bean
    BucketGarbageCollector blobCollector(
        Bucket bucket,
        BlobSettings settings,
        @Value("${spring.application.name}") String service,
        JdbcClient sql,
        PlatformTransactionManager transactions,
        Clock clock) {
      return new BucketGarbageCollector(
          bucket, service, settings.grace(), new MentionedDigests(sql, transactions), clock);
    }

    @Bean
    HealthIndicator blobsHealthIndicator(Bucket bucket) {
      return () -> {
        try {
          bucket.check();
          return Health.up().build();
        } catch (StorageUnavailableException e) {
          return Health.down(e).build();
        }
      };
    }
  }

  /** The condition that no bucket is set. */
  static class NoBucket extends NoneNestedConditions {

    NoBucket() {
      super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnProperty("plumbline.blobs.s3.bucket")
    static class BucketIsSet {}
  }

  /** Content in a folder. */
  @Configuration(proxyBeanMethods = false)
  @Conditional(NoBucket.class)
  static class InFolder {

    @Bean
    FolderBlobStore blobStore(
        BlobSettings settings, @Value("${spring.application.name}") String service) {
      return new FolderBlobStore(settings, service);
    }

    @Bean
    BlobParts blobParts(FolderBlobStore store) {
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
}
