package identicom.schema.erasure;

import static identicom.schema.erasure.Sql.W;
import static identicom.schema.erasure.Sql.jsonTells;
import static identicom.schema.erasure.Sql.tells;
import static identicom.schema.erasure.Sql.without;

/**
 * A table in which a wearer's name or phone can stand, in the order in which it is changed. {@code t} is its row, {@code w} the wearer.
 * What belongs to an alert that is not closed stays as it is: people need it.
 */
enum Place {
    /** Changed by fleet-service's own rules, so that everybody hears of it. */
    UNITS("fleet.units", "t.wearer = w.name", "", ""),

    /** What units were to show. What is on its way to one already is shown as it was written. */
    COMMANDS("fleet.commands", tells("t.message"), "message = " + without("t.message"), "true"),

    /** Of two numbers that were told in one round the second one's pseudonym gets a number: an address is told once. */
    NOTIFICATIONS(
            "alerts.notification",
            "(t.address in (w.phone, w.usual) or t.name = w.name or " + tells("t.text") + " or " + tells("t.error")
                    + ")",
            """
            address = case when t.address in (w.phone, w.usual)
                           then w.pseudonym || case when exists (
                                    select from alerts.notification o
                                     where o.alert_id = t.alert_id and o.round = t.round and o.channel = t.channel
                                       and (o.address = w.pseudonym
                                            or o.address in (w.phone, w.usual) and o.ordinal < t.ordinal))
                                then '-' || t.ordinal else '' end
                           else t.address end,
            name = case when t.name = w.name then w.pseudonym else t.name end,
            text = %s, error = %s""".formatted(without("t.text"), without("t.error")),
            "t.state not in ('queued', 'sending') and " + Place.OF_A_CLOSED_ALERT),

    HISTORY("alerts.history", tells("t.detail"), "detail = " + without("t.detail"), Place.OF_A_CLOSED_ALERT),

    /** Two steps of an alert that become the same are told apart by a number. */
    STEPS(
            "alerts.step",
            tells("t.step"),
            """
            step = %1$s || case when exists (
                                select from alerts.step o
                                 where o.alert_id = t.alert_id and o.ordinal <> t.ordinal and %2$s = %1$s
                                   and (o.ordinal < t.ordinal or not coalesce(%3$s, false)))
                           then ' (' || t.ordinal || ')' else '' end""".formatted(without("t.step"), without("o.step"), tells("o.step")),
            Place.OF_A_CLOSED_ALERT),

    RECEIPTS("alerts.receipt", tells("t.detail"), "detail = " + without("t.detail"), "true"),

    /** The levels that an alert had when it was raised: addresses, each a JSON string of its own. */
    CHAINS("alerts.escalation", """
            (strpos(t.levels::text, '"' || w.phone || '"') > 0 or strpos(t.levels::text, '"' || w.usual || '"') > 0)""", """
            levels = replace(replace(t.levels::text, coalesce('"' || w.phone || '"', ''), '"' || w.pseudonym || '"'),
                             coalesce('"' || w.usual || '"', ''), '"' || w.pseudonym || '"')::jsonb""", Place.OF_A_CLOSED_ALERT),

    ALERTS("alerts.alert", "t.wearer = w.name", "wearer = w.pseudonym", "t.state = 'closed'"),

    /** What screens were told: read while it is there, and gone by itself after a day. */
    CHANGES("alerts.change", jsonTells("t.body"), "", ""),

    /** A detail is one object of texts. A wearer there is somebody else where the name is only a part. */
    AUDIT("event_log.audit", """
            exists (select from jsonb_each_text(t.detail) d
                     where case when d.key = 'wearer' then d.value = w.name else %s end)""".formatted(tells("d.value")), """
            detail = (select jsonb_object_agg(d.key, case when d.key <> 'wearer' then %s
                                                          when d.value = w.name then w.pseudonym
                                                          else d.value end)
                        from jsonb_each_text(t.detail) d)""".formatted(without("d.value")), "true");

    private static final String OF_A_CLOSED_ALERT =
            "exists (select from alerts.alert a where a.id = t.alert_id and a.state = 'closed')";

    private final String table;
    private final String match;
    private final String change;
    private final String changeable;

    Place(String table, String match, String change, String changeable) {
        this.table = table;
        this.match = match;
        this.change = change;
        this.changeable = changeable;
    }

    /** As people are told of it: schema and table. */
    String table() {
        return table;
    }

    /** Whether it is changed here. */
    boolean isChanged() {
        return !change.isEmpty();
    }

    String countStatement() {
        return W + "select count(*) from w, " + table + " t where " + match;
    }

    String changeStatement() {
        return W + "update " + table + " t set " + change + " from w where (" + match + ") and " + changeable;
    }
}
