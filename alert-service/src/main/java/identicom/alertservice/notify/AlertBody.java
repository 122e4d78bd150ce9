package identicom.alertservice.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import identicom.alertservice.notify.MessageText.Detail;
import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * The body of a webhook: the alert as in the list. Of the numbers that were told it names the last digits only. With
 * {@code minimal} it has neither wearer nor position, and nothing that people wrote: no detail of the history, and of
 * the checklist only what is still to be done, for what was done may have been added in words of their own.
 */
final class AlertBody {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NUMBER = Pattern.compile("\\b(sms[: ])\\+?\\d+(\\d{4})\\b");

    private AlertBody() {}

    static String of(AlertView alert, Detail detail) {
        String whole = AlertJson.write(alert);
        try {
            ObjectNode body = (ObjectNode) JSON.readTree(whole);
            shorten(body, "acknowledgedBy");
            for (JsonNode entry : body.path("history")) {
                shorten((ObjectNode) entry, "who");
                shorten((ObjectNode) entry, "detail");
            }
            if (detail == Detail.MINIMAL) {
                minimise(body);
            }
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("not an alert: " + whole, e);
        }
    }

    private static void shorten(ObjectNode object, String member) {
        JsonNode text = object.path(member);
        if (text.isTextual()) {
            object.put(member, NUMBER.matcher(text.textValue()).replaceAll("$1*$2"));
        }
    }

    private static void minimise(ObjectNode body) {
        body.putNull("wearer").putNull("position");
        for (JsonNode event : body.path("events")) {
            ((ObjectNode) event).putNull("position");
        }
        for (JsonNode entry : body.path("history")) {
            ((ObjectNode) entry).putNull("detail");
        }
        ArrayNode open = JSON.createArrayNode();
        for (JsonNode step : body.path("checklist")) {
            if (step.path("doneAt").isNull()) {
                open.add(step);
            }
        }
        body.set("checklist", open);
    }
}
