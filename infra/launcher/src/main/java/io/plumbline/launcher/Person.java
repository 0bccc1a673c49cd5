package io.plumbline.launcher;

import java.util.List;

/** A person of the demo realm. */
record Person(String name, String workspace, String roles) {

  private static final List<Person> ALL =
      List.of(
          new Person("ada", "acme", "prompt-engineer, ml-engineer, data-steward"),
          new Person("ben", "acme", "approver"),
          new Person("cleo", "acme", "compliance-officer"),
          new Person("sam", "acme", "sre"),
          new Person("vera", "acme", "viewer"),
          new Person("root", "acme", "admin"),
          new Person("gus", "globex", "prompt-engineer, ml-engineer, data-steward"),
          new Person("gail", "globex", "approver"));

  static List<Person> values() {
    return ALL;
  }
}
