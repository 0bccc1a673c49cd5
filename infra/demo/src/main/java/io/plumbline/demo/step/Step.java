package io.plumbline.demo.step;

/**
 * One step of the demo. It asks the platform what is done already and does the rest, so that a demo
 * that was ended anywhere goes on where it was; it fails when an answer is not as required.
 */
public interface Step {

  String title();

  /** Does what the platform does not have yet, each time by {@link DemoContext#changed}. */
  void run(DemoContext demo);
}
