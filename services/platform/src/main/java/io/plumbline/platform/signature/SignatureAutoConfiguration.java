package io.plumbline.platform.signature;

import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Configures the key that signs the events of this service, and the public keys that verify those
 * of all services.
 */
@AutoConfiguration
public class SignatureAutoConfiguration {

  private final String service;

  SignatureAutoConfiguration(@Value("${spring.application.name}") String service) {
    this.service = service;
  }

  /**
   * Reads the keys service by service. In a map, the name of an environment variable could not
   * distinguish a dash from a dot.
   */
  @Bean
  VerificationKeys verificationKeys(Environment environment) {
    Binder binder = Binder.get(environment);
    return VerificationKeys.of(
        service,
        owner ->
            binder
                .bind(VerificationKeys.PROPERTY + owner, Bindable.listOf(String.class))
                .orElse(List.of()));
  }

  @Bean
  EventSigner eventSigner(
      VerificationKeys keys, @Value("${" + EventSigner.PROPERTY + ":}") String key) {
    return EventSigner.of(service, key, keys);
  }
}
