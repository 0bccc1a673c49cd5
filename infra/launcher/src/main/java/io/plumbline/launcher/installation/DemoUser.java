package io.plumbline.launcher.installation;

import java.util.List;

/** A user of the demo realm. */
public record DemoUser(String name, String workspace, String roles) {

  private static final List<DemoUser> ALL =
      List.of(
          new DemoUser("ada", "acme", "prompt-engineer, ml-engineer, data-steward"),
          new DemoUser("ben", "acme", "approver"),
          new DemoUser("cleo", "acme", "compliance-officer"),
          new DemoUser("sam", "acme", "sre"),
          new DemoUser("vera", "acme", "viewer"),
          new DemoUser("root", "acme", "admin"),
          new DemoUser("gus", "globex", "prompt-engineer, ml-engineer, data-steward"),
          new DemoUser("gail", "globex", "approver, sre"),
          new DemoUser("gwen", "globex", "admin"),
          new DemoUser("gina", "globex", "compliance-officer"));

  public static List<DemoUser> values() {
    return ALL;
  }
}
