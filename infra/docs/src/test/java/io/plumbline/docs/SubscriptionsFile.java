package io.plumbline.docs;

import io.plumbline.contracts.EventTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The topics that each service may consume: those that it has handlers for, and those that all
 * services read.
 */
final class SubscriptionsFile {

  /**
   * The service that records every event in the ledger, and whose signed heads every service
   * follows.
   */
  private static final String LEDGER = "compliance";

  private final List<ServiceClasses> services;

  SubscriptionsFile(List<ServiceClasses> services) {
    this.services = services;
  }

  String text() {
    return services.stream().map(this::entry).collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private String entry(ServiceClasses service) {
    return topics(service).stream()
        .map("    \"%s\""::formatted)
        .collect(Collectors.joining(",\n", "  \"" + service.name() + "\": [\n", "\n  ]"));
  }

  private Set<String> topics(ServiceClasses service) {
    Set<String> sources = new TreeSet<>();
    if (service.name().equals(LEDGER)) {
      services.forEach(each -> sources.add(each.name()));
    }
    sources.add(LEDGER);
    // The training run of the ahead-of-time cache joins a group of its own on its own topic.
    sources.add(service.name());
    Map<String, Set<String>> consumed = service.consumed();
    EventTypes.all()
        .values()
        .forEach(type -> {
          if (consumed.containsKey(type.getSimpleName())) {
            EventTypes.sourceOf(type).ifPresent(sources::add);
          }
        });
    return sources.stream().map(EventTypes::topicOf).collect(Collectors.toCollection(TreeSet::new));
  }
}
