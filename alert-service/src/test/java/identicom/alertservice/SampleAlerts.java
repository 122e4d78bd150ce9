package identicom.alertservice;

import identicom.alertservice.view.AlertJson;
import identicom.alertservice.view.AlertView;
import java.time.Instant;

/** Alerts as they stand in the list, for tests of what is made of them. */
public final class SampleAlerts {

    public static final Instant RAISED = Instant.parse("2026-06-01T12:00:00Z");

    private static final String ALERT = """
            {"id": "0190a1b2-0000-7000-8000-000000000001", "serial": "MAN-1", "wearer": "Jo Smith", "kind": "man-down",
             "class": "critical", "state": "open", "raisedAt": "2026-06-01T12:00:00Z",
             "eventTime": "2026-06-01T11:59:58Z", "late": false, "trust": "whitelisted",
             "position": {"lat": 51.5000001, "lon": -0.12, "at": "2026-06-01T11:59:58Z"}, "eventCount": 1,
             "events": [{"serial": "MAN-1", "log": 7, "sequence": 1, "type": "3b", "name": "man down", "kind": "man-down",
                         "time": "2026-06-01T11:59:58Z", "receivedAt": "2026-06-01T11:59:59Z", "late": false,
                         "trust": "whitelisted", "position": {"lat": 51.5, "lon": -0.12, "at": "2026-06-01T11:59:58Z"},
                         "battery": 81, "signal": -70, "station": "station-1"}],
             "reference": "A4711", "stored": true, "test": false,
             "journey": {"unitTime": "2026-06-01T11:59:58Z", "acceptedAt": "2026-06-01T11:59:59Z",
                         "raisedAt": "2026-06-01T12:00:00Z"},
             "history": [], "rings": 1, "rangAt": "2026-06-01T12:00:00Z"}""";

    private SampleAlerts() {}

    /** A man-down of MAN-1, with some of its members put otherwise. @param changes text to replace, and by what, in turn */
    public static AlertView alert(String... changes) {
        String json = ALERT;
        for (int i = 0; i < changes.length; i += 2) {
            String changed = json.replace(changes[i], changes[i + 1]);
            if (changed.equals(json)) {
                throw new IllegalArgumentException("the sample has no " + changes[i]);
            }
            json = changed;
        }
        return AlertJson.read(json);
    }
}
