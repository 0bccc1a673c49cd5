package io.plumbline.strategy.application;

/** Inside this process and transaction: an application has come under governance. */
public record ApplicationCreated(String application) {}
