package io.plumbline.compliance.ledger.sequencer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.ReceivedPositions;
import io.plumbline.compliance.ledger.SequencerSettings;
import io.plumbline.compliance.ledger.SignerSettings;
import io.plumbline.compliance.ledger.author.AuthorKeys;
import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.event.Subscription;
import io.plumbline.platform.event.SubscriptionFactory;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.HeadSignature;
import io.plumbline.platform.ledger.ReceivedHeads;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.observability.Metrics;
import io.plumbline.platform.signature.VerificationKeys;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The background work of the ledger, its health and its metrics. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

  /** The number of intervals without a new head after which the sequencer counts as stuck. */
  private static final int TOLERATED_INTERVALS = 20;

  @Bean
  LedgerKeys ledgerKeys(
      SequencerSettings settings,
      SignerSettings signer,
      LedgerTransactions transactions,
      Outbox outbox,
      SslBundles bundles,
      @Value("${plumbline.services.ssl-bundle:}") String bundle) {
    return new LedgerKeys(
        settings,
        signer,
        signerClient(signer, bundle.isEmpty() ? null : bundles.getBundle(bundle)),
        transactions,
        replaced ->
            Caller.system(Caller.NO_WORKSPACE)
                .run(() -> outbox.append(replaced, "ledger-key/" + replaced.keyId(), 1)));
  }

  /** Returns a client that trusts the authority of a bundle alone, as calls of services do. */
  static HttpClient signerClient(SignerSettings signer, @Nullable SslBundle bundle) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(signer.timeout());
    if (bundle != null) {
      client.sslContext(bundle.createSslContext());
    }
    return client.build();
  }

  @Bean
  BackgroundLoop ledgerSequencer(
      LedgerKeys keys,
      SequencerSettings settings,
      LedgerTransactions transactions,
      Outbox outbox,
      Clock clock,
      LedgerState state,
      LedgerSignals signals,
      ReceivedHeads received,
      MeterRegistry meters) {
    LargestKnownHead memory =
        new LargestKnownHead(
            new HeadFile(settings.largestHeadFile()),
            () -> received.largest().map(LedgerConfiguration::toSignedHead),
            received::isCaughtUp,
            settings.acceptSmallerLog());
    Sequencer sequencer =
        new Sequencer(
            () ->
                new BatchSequencer(
                    keys.open(),
                    settings.origin(),
                    settings.batchSize(),
                    settings.headInterval(),
                    System::nanoTime),
            transactions,
            new LedgerPublication(outbox, settings.receiptSources()),
            clock,
            state,
            signals,
            memory,
            meters);
    return new BackgroundLoop(
        "ledger-sequencer",
        Duration.ofSeconds(1),
        sequencer::appendBatch,
        sequencer::recordFailure);
  }

  @Bean
  Subscription ledgerSubscription(
      SubscriptionFactory subscriptionFactory,
      VerificationKeys authors,
      EventVerifier verifier,
      LedgerTransactions transactions,
      Clock clock,
      LedgerState state,
      LedgerSignals signals,
      MeterRegistry meters) {
    return subscriptionFactory.ofGroup(
        ReceivedPositions.GROUP,
        () -> {
          registerAuthors(authors, transactions);
          return ReceivedPositions.topics();
        },
        new LedgerListener(verifier, transactions, clock, state, signals, meters));
  }

  /** Stores the keys of the services before the first event that they verify is recorded. */
  private static void registerAuthors(VerificationKeys authors, LedgerTransactions transactions) {
    transactions.run(connection -> {
      new AuthorKeys(connection).register(authors);
      return true;
    });
  }

  private static SignedHead toSignedHead(ComplianceEvent.HeadSigned event) {
    return new SignedHead(
        event.treeSize(),
        event.root(),
        event.signedAt(),
        event.signature(),
        event.keyId(),
        HeadSignature.originOrFirst(event.origin()));
  }

  @Bean
  HealthIndicator ledgerHealthIndicator(LedgerState state, SequencerSettings settings) {
    return () -> {
      boolean stale =
          state.headAge().compareTo(settings.headInterval().multipliedBy(TOLERATED_INTERVALS)) > 0;
      Health.Builder health = stale || state.failure().isPresent() ? Health.down() : Health.up();
      state
          .failure()
          .ifPresent(failure ->
              health
                  .withDetail("part", failure.part())
                  .withDetail("since", failure.since())
                  .withDetail("cause", failure.cause()));
      return health
          .withDetail("entries", state.size())
          .withDetail("headAge", state.headAge().toString())
          .build();
    };
  }

  @Bean
  MeterBinder ledgerMetrics(LedgerState state) {
    return registry -> {
      Metrics.LEDGER_SIZE.gauge(registry, state, LedgerState::size);
      Metrics.LEDGER_PENDING.gauge(registry, state, LedgerState::pendingCount);
      Metrics.LEDGER_HEAD_AGE.gauge(registry, state, each -> each.headAge().toMillis() / 1_000.0);
      Metrics.LEDGER_HALTED.gauge(registry, state, each -> each.failure().isPresent() ? 1 : 0);
    };
  }
}
