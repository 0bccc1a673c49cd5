package io.plumbline.launcher.lifecycle;

import java.util.Locale;

/** How far a component has come on its way up. */
enum Stage {
  WAITING,
  PREPARING,
  STARTING,
  READY,
  FAILED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
