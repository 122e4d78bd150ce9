/** What a session, an event, a picture, an alert and a screen cost each process. Asked for by name; docs/operations/sizing.md goes by it. */
@NullMarked
package identicom.systemtests.measure;

import org.jspecify.annotations.NullMarked;
