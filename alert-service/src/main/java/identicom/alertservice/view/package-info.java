/** An alert as screens and lists show it, and its JSON. May use {@code alert} and {@code event}. */
@NullMarked
package identicom.alertservice.view;

import org.jspecify.annotations.NullMarked;
