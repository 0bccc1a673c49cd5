package io.plumbline.e2e.fault;

import io.plumbline.e2e.ResourceKind;
import io.plumbline.e2e.fault.PatientClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Creates one resource after another. Each fifth request is sent twice at once with the same key,
 * as a client does that lost patience; both must get the same answer.
 */
public final class Creations implements Change {

  private static final int TWICE = 5;

  private final PatientClient ada = new PatientClient("ada");
  private final PatientClient cleo = new PatientClient("cleo");
  private final ResourceKind kind;
  private final String prefix;
  private final AtomicInteger contradictions = new AtomicInteger();

  public Creations(ResourceKind kind, String prefix) {
    this.kind = kind;
    this.prefix = prefix;
  }

  @Override
  public void prepare() {
    if (kind == ResourceKind.PROMPT_VERSION) {
      Prepared.prompt(ada, prefix);
    }
  }

  @Override
  public boolean attempt(int number, String key) {
    Map<String, Object> body = kind.body(prefix + "-" + number);
    if (number % TWICE != 0) {
      return ada.post(kind.path(prefix), key, body).status() == 201;
    }
    CompletableFuture<Reply> twin =
        CompletableFuture.supplyAsync(() -> ada.post(kind.path(prefix), key, body));
    Reply first = ada.post(kind.path(prefix), key, body);
    Reply second = twin.join();
    if (first.status() == 201 && second.status() == 201 && !first.json().equals(second.json())) {
      contradictions.incrementAndGet();
    }
    return first.status() == 201 || second.status() == 201;
  }

  /** Pairs of requests with one key that got different answers. */
  public int contradictions() {
    return contradictions.get();
  }

  @Override
  public List<Integer> inEffect(int acknowledged) {
    return ada.all(kind.path(prefix)).stream()
        .map(item -> item.at("/" + kind.field()).asString())
        .filter(name -> name.startsWith(prefix + "-"))
        .map(name -> Integer.parseInt(name.substring(prefix.length() + 1)))
        .toList();
  }

  @Override
  public long entries() {
    return cleo.all("/api/audit?type=" + kind.event()).stream()
        .map(entry -> entry.at("/object").asString())
        .filter(object -> object.equals(prefix) || object.startsWith(prefix + "-"))
        .count();
  }
}
