package io.plumbline.platform.test;

import java.util.UUID;

/** The two workspaces that tests use. */
public final class Workspaces {

  public static final UUID ACME = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  public static final UUID GLOBEX = UUID.fromString("0190a000-0000-7000-8000-000000000002");

  private Workspaces() {}
}
