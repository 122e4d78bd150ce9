/**
 * Units for tests, demonstrations and load: real sockets, real bytes, a log and clock of their own. {@code unit} is one unit
 * without a socket, {@code line} its connection, {@code picture} what its camera sees, {@code fleet} many of them, {@code raw} a hand-driven socket. May use wire.
 */
@NullMarked
package identicom.simulator;

import org.jspecify.annotations.NullMarked;
