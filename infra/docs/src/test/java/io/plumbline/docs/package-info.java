/**
 * Writes docs/events.md, docs/modules.md and infra/kafka/subscriptions.json from the classes, and
 * holds that they are current.
 */
@NullMarked
package io.plumbline.docs;

import org.jspecify.annotations.NullMarked;
