package identicom.schema.erasure;

import static identicom.schema.erasure.Sql.W;
import static identicom.schema.erasure.Sql.jsonTells;
import static identicom.schema.erasure.Sql.tells;

/** Finds what tells of a wearer, or of why they may not be forgotten, and is a person's to change. */
final class Notes {
    static final String STATEMENT = W
            + """
            select note from w, lateral (
                select 1 as nr, 'legal hold ' || t.name || ' stands over a unit of theirs: may they be forgotten?' as note
                  from event_log.hold t
                 where t.lifted_at is null
                   and exists (select from fleet.units u where u.wearer = w.name and u.serial = coalesce(t.serial, u.serial)
                               union all
                               select from alerts.alert a
                                where a.wearer = w.name and coalesce(a.serial, '') = coalesce(t.serial, a.serial, ''))
                union all
                select 2, 'legal hold ' || t.name || ' tells of them in a reason: a hold is never changed'
                  from event_log.hold t where %2$s or %3$s
                union all
                select 3, 'unit ' || t.serial || ' has another phone for them: a run with --phone is wanted for that one too'
                  from fleet.units t
                 where t.wearer = w.name and length(regexp_replace(t.phone, '[^0-9]', '', 'g')) >= 6
                   and t.phone not in (coalesce(w.phone, ''), coalesce(w.usual, ''))
                union all
                select 4, 'unit ' || t.serial || ' has the phone under another name: change it under Units'
                  from fleet.units t where t.wearer <> w.name and t.phone in (w.phone, w.usual)
                union all
                select 5, 'unit ' || t.serial || ' names them in its site: change it under Units'
                  from fleet.units t where %1$s
                union all
                select 6, 'contact group ' || t.name || ' names them: change it under Escalation'
                  from alerts.contact_group t where %4$s or %5$s
                union all
                select 7, 'escalation policy ' || t.name || ' names them: change it under Escalation'
                  from alerts.escalation_policy t where %4$s or %6$s
                union all
                select 8, 'checklist of ' || t.kind || ' names them: change it'
                  from alerts.checklist t where %7$s
                union all
                select 9, 'alert A' || t.number || ' is not closed and tells of them: run again when it is'
                  from alerts.alert t
                 where t.state <> 'closed'
                   and (exists (select from alerts.history h where h.alert_id = t.id and %8$s)
                        or exists (select from alerts.notification n
                                    where n.alert_id = t.id
                                      and (n.address in (w.phone, w.usual) or n.name = w.name or %9$s or %10$s))
                        or exists (select from alerts.step s where s.alert_id = t.id and %11$s))
            ) found order by nr, note""".formatted(
                            tells("t.site"),
                            tells("t.reason"),
                            tells("t.lift_reason"),
                            tells("t.name"),
                            jsonTells("t.members::text"),
                            jsonTells("t.levels::text"),
                            tells("array_to_string(t.steps, E'\\n')"),
                            tells("h.detail"),
                            tells("n.text"),
                            tells("n.error"),
                            tells("s.step"));

    private Notes() {}
}
