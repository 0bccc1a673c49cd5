package io.plumbline.platform.blob;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The store of immutable content. */
@AutoConfiguration
@EnableConfigurationProperties(BlobSettings.class)
public class BlobAutoConfiguration {

  @Bean
  BlobStore blobStore(BlobSettings settings) {
    return new BlobStore(settings);
  }
}
