/**
 * A small SMSC, in this process: where no carrier is configured, and in tests, texts end here and can be read. It
 * speaks SMPP 3.4 on a socket of the loopback interface. Uses no module of ours.
 */
@NullMarked
package identicom.embedded.smsc;

import org.jspecify.annotations.NullMarked;
