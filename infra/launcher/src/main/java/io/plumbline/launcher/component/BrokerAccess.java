package io.plumbline.launcher.component;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.LauncherException;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A principal of the broker for each service: it publishes to its own topic, consumes the topics
 * that it subscribes to in groups named after it, and may do nothing else.
 */
record BrokerAccess(Layout layout, Secrets secrets) {

  private static final int ITERATIONS = 4096;
  private static final String ANY_HOST = "*";

  /**
   * Sets every password and makes the grants exactly these: it revokes whatever else was granted.
   */
  void apply(Admin admin) {
    try {
      admin.alterUserScramCredentials(credentials()).all().get();
      Set<AclBinding> wanted = grants();
      Collection<AclBinding> present = admin.describeAcls(AclBindingFilter.ANY).values().get();
      admin.createAcls(without(wanted, present)).all().get();
      admin
          .deleteAcls(without(present, wanted).stream().map(AclBinding::toFilter).toList())
          .all()
          .get();
    } catch (ExecutionException e) {
      throw new LauncherException(
          "Kafka refused to grant the services access: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("Interrupted while granting access to Kafka.", e);
    }
  }

  private List<UserScramCredentialAlteration> credentials() {
    return services().stream()
        .<UserScramCredentialAlteration>map(service ->
            new UserScramCredentialUpsertion(
                service,
                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                secrets.broker(service)))
        .toList();
  }

  private Set<AclBinding> grants() {
    Map<String, List<String>> subscriptions =
        new JsonMapper()
            .readValue(
                layout.subscriptions().toFile(), new TypeReference<Map<String, List<String>>>() {});
    Set<AclBinding> grants = new HashSet<>();
    for (String service : services()) {
      grants.addAll(grantsToWrite(service, "plumbline." + service));
      subscriptions
          .getOrDefault(service, List.of())
          .forEach(topic ->
              grants.add(
                  grant(
                      service, AclOperation.READ, ResourceType.TOPIC, topic, PatternType.LITERAL)));
      grants.add(
          grant(service, AclOperation.READ, ResourceType.GROUP, service, PatternType.LITERAL));
      grants.add(
          grant(
              service, AclOperation.READ, ResourceType.GROUP, service + "-", PatternType.PREFIXED));
    }
    return grants;
  }

  /**
   * Returns the grant to write to a topic. WRITE implies DESCRIBE and suffices for an idempotent
   * producer.
   */
  static List<AclBinding> grantsToWrite(String service, String topic) {
    return List.of(
        grant(service, AclOperation.WRITE, ResourceType.TOPIC, topic, PatternType.LITERAL));
  }

  private static AclBinding grant(
      String service, AclOperation operation, ResourceType type, String name, PatternType pattern) {
    return new AclBinding(
        new ResourcePattern(type, name, pattern),
        new AccessControlEntry("User:" + service, ANY_HOST, operation, AclPermissionType.ALLOW));
  }

  private static List<String> services() {
    return Application.values().stream()
        .filter(Application::hasDatabase)
        .map(Application::name)
        .toList();
  }

  private static List<AclBinding> without(
      Collection<AclBinding> bindings, Collection<AclBinding> others) {
    List<AclBinding> rest = new ArrayList<>(bindings);
    rest.removeAll(others);
    return rest;
  }
}
