package io.plumbline.inference.spend;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import io.plumbline.inference.apikey.KeyNames;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Adds up what the workspace used, by API key, application, variant or model. */
@RestController
@RequestMapping("/api/usage")
class UsageController {

  /** The period that is added up when {@code from} is absent. */
  private static final Duration WINDOW = Duration.ofDays(30);

  /** The longest period, so that no call adds up the minutes of years. */
  private static final Duration MAX_PERIOD = Duration.ofDays(92);

  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:00Z");

  /**
   * The usage of one group. Fields that name a group of another kind are absent.
   *
   * @param apiKeyId absent also for calls with a token
   * @param apiKeyName the name of the key, also of a revoked or expired one
   * @param application absent also for models that are called directly
   * @param variantDigest absent also for models that are called directly
   * @param cachedInputTokens the input tokens that the provider had cached
   * @param reasoningTokens the output tokens that nobody saw
   * @param unpricedRequests the requests whose model has no known price, which no cost includes
   * @param lastMinute the last minute in which something was used
   * @param costs one amount per currency, ordered by currency code; currencies are not added up
   */
  record UsageRow(
      @Nullable UUID apiKeyId,
      @Nullable String apiKeyName,
      @Nullable String application,
      @Nullable Digest variantDigest,
      @Nullable String model,
      long requests,
      long errors,
      long cacheHits,
      long inputTokens,
      long cachedInputTokens,
      long outputTokens,
      long reasoningTokens,
      long unpricedRequests,
      Instant lastMinute,
      List<Money> costs) {

    static UsageRow of(UsageGroup group, UsageReads.Sum sum, Map<UUID, String> names) {
      Optional<UUID> key = groupName(sum, group, UsageGroup.API_KEY).map(UUID::fromString);
      return new UsageRow(
          key.orElse(null),
          key.map(names::get).orElse(null),
          groupName(sum, group, UsageGroup.APPLICATION).orElse(null),
          groupName(sum, group, UsageGroup.VARIANT).map(Digest::new).orElse(null),
          groupName(sum, group, UsageGroup.MODEL).orElse(null),
          sum.requests(),
          sum.errors(),
          sum.cacheHits(),
          sum.tokens().input(),
          sum.tokens().cachedInput(),
          sum.tokens().output(),
          sum.tokens().reasoning(),
          sum.unpriced(),
          sum.lastMinute(),
          sum.costs());
    }

    /** Returns the name of the group; empty where it has none, or where another kind is wanted. */
    private static Optional<String> groupName(
        UsageReads.Sum sum, UsageGroup group, UsageGroup wanted) {
      if (group != wanted || sum.name().isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(sum.name());
    }
  }

  /**
   * The usage of a period.
   *
   * @param from the first minute that counts
   * @param to the minute after the last
   * @param rows the groups with the most requests first, at most 500
   * @param groups the number of groups, shown or not
   */
  record UsageView(Instant from, Instant to, List<UsageRow> rows, long groups) {}

  private final UsageReads usage;
  private final KeyNames keys;
  private final Clock clock;

  UsageController(UsageReads usage, KeyNames keys, Clock clock) {
    this.usage = usage;
    this.keys = keys;
    this.clock = clock;
  }

  @Operation(
      summary = "Add up what was used, by API key, application, variant or model",
      description =
          "Of the last 30 days when from is absent, and of at most 92. Whole minutes count, as soon"
              + " as their requests are stored, about a second after each.")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public UsageView getUsage(
      @RequestParam UsageGroup groupBy,
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable Digest variant,
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) @Nullable UUID apiKey,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    Instant end = roundUpToMinute(to == null ? clock.instant() : requireColumnTime("to", to));
    Instant start =
        from == null ? end.minus(WINDOW) : startOfMinute(requireColumnTime("from", from));
    if (!start.isBefore(end) || start.isBefore(end.minus(MAX_PERIOD))) {
      throw Problem.invalid(
          "from", "must be before 'to', by at most %d days".formatted(MAX_PERIOD.toDays()));
    }
    UsageReads.Sums sums =
        usage.sumBy(groupBy, new UsageFilter(start, end, application, variant, model, apiKey));
    Map<UUID, String> names = groupBy == UsageGroup.API_KEY ? keyNames(sums.groups()) : Map.of();
    return new UsageView(
        start,
        end,
        sums.groups().stream().map(sum -> UsageRow.of(groupBy, sum, names)).toList(),
        sums.total());
  }

  private Map<UUID, String> keyNames(List<UsageReads.Sum> sums) {
    return keys.findNames(
        sums.stream()
            .map(UsageReads.Sum::name)
            .filter(name -> !name.isEmpty())
            .map(UUID::fromString)
            .collect(Collectors.toSet()));
  }

  /** Returns a time that a column can hold; an {@link Instant} reaches a billion years away. */
  private static Instant requireColumnTime(String parameter, Instant at) {
    if (at.isBefore(FIRST) || at.isAfter(LAST)) {
      throw Problem.invalid(parameter, "must be in a year from 2000 to 9999");
    }
    return at;
  }

  private static Instant startOfMinute(Instant at) {
    return at.truncatedTo(ChronoUnit.MINUTES);
  }

  /** Returns the end of the minute, or the time itself where it begins one. */
  private static Instant roundUpToMinute(Instant at) {
    Instant minute = startOfMinute(at);
    return minute.equals(at) ? minute : minute.plus(1, ChronoUnit.MINUTES);
  }
}
