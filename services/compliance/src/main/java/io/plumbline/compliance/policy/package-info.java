/** The named, versioned CEL policies and the vocabulary of each gate. */
@NullMarked
package io.plumbline.compliance.policy;

import org.jspecify.annotations.NullMarked;
