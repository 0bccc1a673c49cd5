package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.probe.ExampleBodies;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tests how every operation of a running application treats malicious bodies. */
@ExtendWith(OutputCaptureExtension.class)
abstract class BodyRules extends AccessRules {

  /** Fields that only the service itself may set, and a field that no body has. */
  private static final List<String> NOT_FOR_CALLERS =
      List.of(
          "workspaceId",
          "workspace",
          "actor",
          "createdBy",
          "approvedBy",
          "decidedBy",
          "createdAt",
          "role",
          "roles",
          "__proto__",
          "unknownField");

  private static final String LINE = "\r\n{\"@timestamp\":\"forged\"}\r\n";

  @Autowired private TestClient client;

  /**
   * Adds each of these fields to every object of every body, at every depth. The OpenAI routes are
   * left out: they drop fields that the protocol does not have, and report them.
   */
  @Test
  void no_body_assigns_what_is_not_for_its_sender() {
    TestClient.TestCaller everybody = callerWithAllRoles();
    OpenApiSpecification openApiSpecification =
        new OpenApiSpecification(everybody.get("/v3/api-docs").json());
    ExampleBodies examples = new ExampleBodies(openApiSpecification.document());
    int bodies = 0;
    int sent = 0;
    List<String> accepted = new ArrayList<>();
    for (OpenApiSpecification.Operation operation : openApiSpecification.operations()) {
      if (operation.isOpenAi()) {
        continue;
      }
      JsonNode example = examples.bodyFor(operation.node());
      if (!(example instanceof ObjectNode object)) {
        continue;
      }
      bodies++;
      Set<String> known = examples.fieldsOf(operation.node());
      String path = examples.pathFor(operation.path(), operation.node());
      for (ExampleBodies.Place place : ExampleBodies.findObjectPlaces(object)) {
        for (String field : NOT_FOR_CALLERS) {
          if (known.contains(field)) {
            continue;
          }
          sent++;
          JsonNode body = ExampleBodies.with(object, place, field);
          TestClient.Answer answer = everybody.send(operation.method(), path, body);
          if (answer.status() != 400 || !answer.body().contains("/" + field)) {
            accepted.add(operation + " " + place + "/" + field + ": " + answer);
          }
        }
      }
    }
    System.out.printf(
        "fields that are not for callers at %s: %d bodies, %d sent, %d not refused%n",
        service(), bodies, sent, accepted.size());
    assertThat(accepted).isEmpty();
  }

  /**
   * Text that arrives in a path, a parameter, a header or a field may be part of a log line, but
   * never a line of its own.
   */
  @Test
  void no_caller_writes_a_line_of_the_log(CapturedOutput log) {
    TestClient.TestCaller everybody = callerWithAllRoles();
    OpenApiSpecification openApiSpecification =
        new OpenApiSpecification(everybody.get("/v3/api-docs").json());
    ExampleBodies examples = new ExampleBodies(openApiSpecification.document(), "a" + LINE);
    int sent = 0;
    for (Route route : routes()) {
      String forged = URLEncoder.encode(LINE, StandardCharsets.UTF_8);
      everybody.send(route.method(), route.path().replaceFirst("[^/]+$", forged), null);
      everybody.send(route.method(), route.path() + "?" + forged + "=" + forged, null);
      everybody
          .header("Idempotency-Key", "a\t" + LINE.strip())
          .header("If-Match", LINE.strip())
          .send(route.method(), route.path() + "?unknown=1", null);
      sent += 3;
    }
    for (OpenApiSpecification.Operation operation : openApiSpecification.operations()) {
      if (examples.bodyFor(operation.node()) instanceof ObjectNode body) {
        // The body is complete except for one field too many, so that it is read but changes
        // nothing.
        everybody.send(
            operation.method(),
            examples.pathFor(operation.path(), operation.node()),
            body.put("unknownField", LINE));
        sent++;
      }
    }
    List<String> forged =
        log.getOut().lines().filter(line -> line.startsWith(LINE.strip())).toList();
    System.out.printf(
        "lines for the log of %s: %d sent, %d forged%n", service(), sent, forged.size());
    assertThat(forged).isEmpty();
  }

  final TestClient.TestCaller callerWithAllRoles() {
    return client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
  }
}
