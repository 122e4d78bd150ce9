/** The whole system over its outside: units' sockets, HTTP, processes. {@code harness} runs and breaks it, {@code check} compares. */
@NullMarked
package identicom.systemtests;

import org.jspecify.annotations.NullMarked;
