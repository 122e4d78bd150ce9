package identicom.fleetservice.units;

/**
 * A unit as a person set it.
 *
 * @param serial 1 to 12 characters A-Z 0-9 -
 * @param wearer who carries it; may be empty
 * @param phone the wearer's number; may be empty
 * @param site where it is used; may be empty
 * @param checkInMinutes it should call at least this often: 1 to 1440
 * @param graceMinutes how much later than that is still in time: 0 to 1440
 */
public record Unit(
        String serial,
        String wearer,
        String phone,
        String site,
        int checkInMinutes,
        int graceMinutes,
        UnitState state) {}
