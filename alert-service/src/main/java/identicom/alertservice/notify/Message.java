package identicom.alertservice.notify;

import java.util.UUID;

/**
 * What one person or system is told of one alert.
 *
 * @param id the same on every retry: a receiver that has seen it drops the second one
 * @param address a number in international form, a mail address or a URL, by the channel
 * @param subject one line
 * @param text who, what, where, when, and how to take it; its lines end with a line feed
 * @param json the alert as in the list of alerts
 */
public record Message(UUID id, UUID alertId, String address, String subject, String text, String json) {}
