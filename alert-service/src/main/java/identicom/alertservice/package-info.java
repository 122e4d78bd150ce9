/** Alerts from critical events. May use schema and runtime. */
@NullMarked
package identicom.alertservice;

import org.jspecify.annotations.NullMarked;
