package identicom.alertservice.supervision.rule;

/** What the newest entries of a unit's log say of its wearer. */
public enum Distress {
    NONE,
    AMBER,
    RED
}
