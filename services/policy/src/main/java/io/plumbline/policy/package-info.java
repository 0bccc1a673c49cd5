/**
 * The policy engine: what a policy's source looks like, the variables of each gate, and how rules
 * in CEL are compiled and evaluated. The service that activates policies and the services that
 * enforce them share it, so that what compiles at activation also compiles at the gate.
 */
@NullMarked
package io.plumbline.policy;

import org.jspecify.annotations.NullMarked;
