/** The event catalogue: what each event code is called and how grave it is. Uses nothing but the JDK. */
@NullMarked
package identicom.wire.event;

import org.jspecify.annotations.NullMarked;
