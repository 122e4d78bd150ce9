/**
 * Texts to phones by SMPP 3.4: two providers, the way round a silent one, receipts, and what people text back. May use
 * {@code notify}'s interfaces and nothing else of this service.
 */
@NullMarked
package identicom.alertservice.notify.sms;

import org.jspecify.annotations.NullMarked;
