package io.plumbline.docs;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of all events: who publishes each, who consumes it, and its fields. */
final class EventsPage {

  private static final String HEAD =
      """
      # Events

      Generated from the records of `services/contracts`, and the handlers and projections of the services.
      `infra/docs` fails when it is not current and says how to renew it. Each service publishes to one topic,
      `plumbline.<service>`, as CloudEvents 1.0 in binary mode; the key is the aggregate, so that the events of one
      aggregate stay in order. The ledger of compliance records every event. A field that may be null has a
      question mark.

      Every event is signed by the service that publishes it, and handled only when the signature holds, the type
      belongs to the service that `ce_source` names, and the topic is that service's. `ce_keyid` is the first 16
      hexadecimal digits of the SHA-256 of the public key (X.509), `ce_signature` Ed25519 in Base64 over: the text
      `plumbline.event.v1` and a line feed; how many headers follow; name and value of each header `ce_…`, `ce_keyid`
      included and `ce_signature` not, and of `content-type`, sorted by name; the value of the message. Numbers, and the
      length in front of each name and value, are 4 bytes, big-endian; texts are UTF-8.

      If a person caused an event, `ce_actor` is the subject and `ce_roles` the roles in the person's token at that
      moment, separated by commas: by what right. Without `ce_roles`, no person acted, or the roles were not recorded.

      | Event | Type | Published by | Consumed by | Fields |
      |---|---|---|---|---|
      """;

  private final List<ServiceClasses> services;

  EventsPage(List<ServiceClasses> services) {
    this.services = services;
  }

  String text() {
    StringBuilder page = new StringBuilder(HEAD);
    EventTypes.all()
        .forEach((name, type) ->
            page.append(
                "| %s | `%s` | %s | %s | %s |%n"
                    .formatted(
                        type.getSimpleName(),
                        name,
                        EventTypes.sourceOf(type).orElse("every service"),
                        consumers(type),
                        fields(type))));
    return page.toString().replace("\r\n", "\n");
  }

  private String consumers(Class<? extends Event> type) {
    List<String> consumers = new ArrayList<>();
    for (ServiceClasses service : services) {
      Set<String> modules = service.consumed().getOrDefault(type.getSimpleName(), Set.of());
      if (!modules.isEmpty()) {
        consumers.add(service.name() + " (" + String.join(", ", modules) + ")");
      }
    }
    return consumers.isEmpty() ? "ledger only" : String.join("; ", consumers);
  }

  private static String fields(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .map(EventsPage::field)
        .collect(Collectors.joining(", "));
  }

  private static String field(RecordComponent component) {
    boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    return "`%s%s`: %s"
        .formatted(component.getName(), nullable ? "?" : "", name(component.getGenericType()));
  }

  private static String name(Type type) {
    return switch (type) {
      case ParameterizedType parameterized ->
          name(parameterized.getRawType())
              + Stream.of(parameterized.getActualTypeArguments())
                  .map(EventsPage::name)
                  .collect(Collectors.joining(", ", " of ", ""));
      case Class<?> simple -> simple.getSimpleName();
      default -> type.getTypeName();
    };
  }
}
