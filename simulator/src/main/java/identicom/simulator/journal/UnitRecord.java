package identicom.simulator.journal;

import identicom.simulator.unit.CarriedOut;
import identicom.simulator.unit.Entry;
import identicom.simulator.unit.Journal;
import identicom.simulator.unit.TakenPicture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** One unit's journal while it is read. */
final class UnitRecord {
    private final List<Entry> logged = new ArrayList<>();
    private final List<Entry> deleted = new ArrayList<>();
    private final List<Entry> overwritten = new ArrayList<>();
    private final Set<Entry> held = new LinkedHashSet<>();
    private final List<TakenPicture> pictures = new ArrayList<>();
    private final List<TakenPicture> deletedPictures = new ArrayList<>();
    private final Map<Integer, TakenPicture> heldPictures = new LinkedHashMap<>();
    private final List<CarriedOut> commands = new ArrayList<>();

    void logged(Entry entry) {
        logged.add(entry);
        held.add(entry);
    }

    void deleted(Entry entry) {
        deleted.add(entry);
        held.remove(entry);
    }

    void overwritten(Entry entry) {
        overwritten.add(entry);
        held.remove(entry);
    }

    void took(TakenPicture picture) {
        pictures.add(picture);
        heldPictures.put(picture.number(), picture);
    }

    void pictureDeleted(int number) {
        deletedPictures.add(Objects.requireNonNull(heldPictures.remove(number), "picture " + number));
    }

    void carriedOut(CarriedOut command) {
        commands.add(command);
    }

    Journal journal(String serial) {
        return new Journal(
                serial,
                logged,
                deleted,
                overwritten,
                List.copyOf(held),
                pictures,
                deletedPictures,
                List.copyOf(heldPictures.values()),
                commands);
    }
}
