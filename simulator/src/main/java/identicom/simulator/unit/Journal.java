package identicom.simulator.unit;

import java.util.List;

/**
 * What one unit really did, for whoever checks a system afterwards: a copy, in order of happening.
 *
 * @param serial the unit's serial number
 * @param logged every entry it ever logged
 * @param deleted those that a station told it to delete
 * @param overwritten those that left its memory unread, by overflow or by a new memory
 * @param held those it still holds
 * @param pictures every picture it ever took
 * @param deletedPictures those that a station told it to delete
 * @param heldPictures those it still holds
 * @param commands every command that it carried out
 */
public record Journal(
        String serial,
        List<Entry> logged,
        List<Entry> deleted,
        List<Entry> overwritten,
        List<Entry> held,
        List<TakenPicture> pictures,
        List<TakenPicture> deletedPictures,
        List<TakenPicture> heldPictures,
        List<CarriedOut> commands) {
    public Journal {
        logged = List.copyOf(logged);
        deleted = List.copyOf(deleted);
        overwritten = List.copyOf(overwritten);
        held = List.copyOf(held);
        pictures = List.copyOf(pictures);
        deletedPictures = List.copyOf(deletedPictures);
        heldPictures = List.copyOf(heldPictures);
        commands = List.copyOf(commands);
    }
}
