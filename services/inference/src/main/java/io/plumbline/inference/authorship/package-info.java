/** Finds out whose words a prompt has, so that none of them approves what is made of it. */
@NullMarked
package io.plumbline.inference.authorship;

import org.jspecify.annotations.NullMarked;
