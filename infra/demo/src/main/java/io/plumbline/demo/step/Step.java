package io.plumbline.demo.step;

/**
 * One step of the demo. It reads from the platform what is done already and does the rest, so that
 * a demo that was stopped anywhere continues there. It fails when an answer is not as required.
 */
public interface Step {

  String title();

  /**
   * Does what the platform does not have yet. What does not create anything as ada is recorded by
   * {@link DemoContext#recordChange}.
   */
  void run(DemoContext demo);
}
