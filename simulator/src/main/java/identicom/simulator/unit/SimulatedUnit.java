package identicom.simulator.unit;

import identicom.wire.event.EventCatalogue;
import identicom.wire.event.EventClass;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.Command;
import identicom.wire.message.DeleteEventLog;
import identicom.wire.message.DeletePicture;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.EventLogDeleted;
import identicom.wire.message.FromUnit;
import identicom.wire.message.Identification;
import identicom.wire.message.Identify;
import identicom.wire.message.ListPictures;
import identicom.wire.message.PictureDeleted;
import identicom.wire.message.PictureError;
import identicom.wire.message.ProbeReply;
import identicom.wire.message.ReadEventLog;
import identicom.wire.message.ReadPicture;
import identicom.wire.message.ToUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One unit without a socket: what it has logged, what it answers, and a journal of both. Everything random comes from its
 * seed, everything about time from its caller; for commands, which come over the wire, by {@link #equip}. So a run can be repeated.
 *
 * <p>Thread safe: every method holds the unit's monitor.
 */
public final class SimulatedUnit {
    /** As many entries as a unit holds unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 10_000;

    private static final EventCatalogue CATALOGUE = EventCatalogue.standard();
    private static final int LOG_IDS = EventLog.MAX_LOG_ID + 1;
    private static final int MIDDLE_LATITUDE_E7 = 520_000_000;
    private static final int MIDDLE_LONGITUDE_E7 = 50_000_000;
    private static final int SPREAD_E7 = 10_000_000;
    private static final int STEP_E7 = 500;

    private final Identification identification;
    private final RandomGenerator random;
    private final int capacity;
    private final JournalKeeper keeper;
    private final List<Entry> logged = new ArrayList<>();
    private final List<Entry> deleted = new ArrayList<>();
    private final List<Entry> overwritten = new ArrayList<>();
    private final UnitPictures pictureMemory = new UnitPictures();
    private final List<TakenPicture> pictures = new ArrayList<>();
    private final List<TakenPicture> deletedPictures = new ArrayList<>();
    private final UnitCommands commands;

    private UnitLog log;
    private boolean overflowing;
    private int latitudeE7;
    private int longitudeE7;
    private int battery = 100;

    public SimulatedUnit(String serial, String softwareVersion, long seed) {
        this(serial, softwareVersion, seed, DEFAULT_CAPACITY);
    }

    /** @param capacity entries the log holds, at least 2 */
    public SimulatedUnit(String serial, String softwareVersion, long seed, int capacity) {
        this(serial, softwareVersion, seed, capacity, JournalKeeper.NONE);
    }

    /**
     * @param capacity entries the log holds, at least 2
     * @param keeper is told what {@link #journal} tells, as it happens
     */
    public SimulatedUnit(String serial, String softwareVersion, long seed, int capacity, JournalKeeper keeper) {
        this.identification = new Identification(serial, softwareVersion);
        this.random = Seeds.random(seed, serial);
        this.capacity = capacity;
        this.keeper = keeper;
        this.commands = new UnitCommands(this, random, keeper);
        this.log = new UnitLog(random.nextInt(LOG_IDS), capacity);
        this.latitudeE7 = MIDDLE_LATITUDE_E7 + random.nextInt(-SPREAD_E7, SPREAD_E7);
        this.longitudeE7 = MIDDLE_LONGITUDE_E7 + random.nextInt(-SPREAD_E7, SPREAD_E7);
    }

    public String serial() {
        return identification.serial();
    }

    public Identification identification() {
        return identification;
    }

    /** Carries the unit to another place: 10⁻⁷ degrees, north and east positive. */
    public synchronized void carryTo(int newLatitudeE7, int newLongitudeE7) {
        latitudeE7 = newLatitudeE7;
        longitudeE7 = newLongitudeE7;
    }

    /** By what it carries out commands: its clock, otherwise this machine's, and what takes its pictures, otherwise noise. */
    public synchronized void equip(InstantSource clock, Camera camera) {
        commands.equip(clock, camera);
    }

    /** How often it was told to dial in; empty: by no command. */
    public synchronized Optional<Duration> checkInInterval() {
        return commands.checkInInterval();
    }

    /** What it was last told to show; empty: nothing. */
    public synchronized String message() {
        return commands.message();
    }

    /** Charges its battery, or wears it down, to 0..100 per cent. */
    public synchronized void charge(int percent) {
        battery = percent;
    }

    /** Logs an event of type {@code type}, at the unit's place and with its battery, and returns it. */
    public synchronized Entry log(StandardEvent type, Instant now) {
        if (log.full()) {
            makeRoom(now);
        }
        return append(type, now);
    }

    /** Logs an event made by the caller, whose sequence must be above all before. */
    public synchronized Entry log(EventEntry event) {
        if (event.sequence() < log.nextSequence()) {
            throw new IllegalArgumentException(
                    "sequence: " + event.sequence() + " (expected: at least " + log.nextSequence() + ")");
        }
        Entry entry = new Entry(log.logId(), event);
        log.add(event);
        logged.add(entry);
        keeper.logged(serial(), entry);
        return entry;
    }

    /**
     * Takes a picture and logs that it did.
     *
     * @param picture its bytes, none too
     * @return the picture's number
     * @throws IllegalStateException the picture memory is full
     */
    public synchronized int take(byte[] picture, Instant takenAt) {
        TakenPicture taken = pictureMemory.take(picture, takenAt);
        pictures.add(taken);
        keeper.took(serial(), taken);
        log(StandardEvent.PICTURE_TAKEN, takenAt);
        return taken.number();
    }

    /** Leaves a gap of {@code count} in the sequence numbers, as deleted or overwritten entries do. */
    public synchronized void skip(int count) {
        log.skip(count);
    }

    /** Another memory: a log id newly drawn, sequence numbers from 1, nothing of the old log left. */
    public synchronized void replaceMemory() {
        log.entries().forEach(this::leftUnread);
        int before = log.logId();
        log = new UnitLog((before + 1 + random.nextInt(LOG_IDS - 1)) % LOG_IDS, capacity);
        overflowing = false;
    }

    /** What the unit pushes when it dials in: its newest critical and high entries, if it holds any. */
    public synchronized Optional<EventLog> push() {
        keeper.settle();
        List<EventEntry> urgent = log.newest(SimulatedUnit::isUrgent);
        return urgent.isEmpty() ? Optional.empty() : Optional.of(log.push(urgent));
    }

    /** A pushed frame with this one entry, if the unit still holds it. */
    public synchronized Optional<EventLog> push(Entry entry) {
        keeper.settle();
        boolean held = entry.logId() == log.logId() && log.entries().contains(entry.event());
        return held ? Optional.of(log.push(List.of(entry.event()))) : Optional.empty();
    }

    /** What the unit answers to a request; nothing to a probe reply, which is not for units. */
    public synchronized Optional<FromUnit> answer(ToUnit request) {
        Optional<FromUnit> answer = answerTo(request);
        keeper.settle();
        return answer;
    }

    private Optional<FromUnit> answerTo(ToUnit request) {
        return switch (request) {
            case Identify identify -> Optional.of(identification);
            case ReadEventLog read -> Optional.of(log.read(read.after()));
            case DeleteEventLog delete -> Optional.of(delete(delete.upTo()));
            case Command command -> Optional.of(commands.answer(command));
            case ListPictures list -> Optional.of(pictureMemory.list());
            case ReadPicture read -> Optional.of(pictureMemory.read(read));
            case DeletePicture delete -> Optional.of(deletePicture(delete.picture()));
            case ProbeReply reply -> Optional.empty();
        };
    }

    /** Whether it holds a critical or high entry, so that it dials again soon. */
    public synchronized boolean urgent() {
        return log.any(SimulatedUnit::isUrgent);
    }

    /** Whether its log holds no entry. */
    public synchronized boolean empty() {
        return log.isEmpty();
    }

    /** The highest sequence logged yet into this memory; 0 for none. */
    public synchronized long lastSequence() {
        return log.nextSequence() - 1;
    }

    /** Whether it still holds an entry with a sequence up to {@code sequence}. */
    public synchronized boolean holdsUpTo(long sequence) {
        return log.any(entry -> entry.sequence() <= sequence);
    }

    public synchronized int loggedCount() {
        return logged.size();
    }

    public synchronized int deletedCount() {
        return deleted.size();
    }

    public synchronized int pictureCount() {
        return pictures.size();
    }

    public synchronized int deletedPictureCount() {
        return deletedPictures.size();
    }

    public synchronized int commandCount() {
        return commands.carriedOut().size();
    }

    /** Whether its picture memory has no room. */
    public synchronized boolean picturesFull() {
        return pictureMemory.full();
    }

    public synchronized int heldPictureCount() {
        return pictureMemory.count();
    }

    /** A copy of all that happened up to now. */
    public synchronized Journal journal() {
        List<Entry> held =
                log.entries().stream().map(e -> new Entry(log.logId(), e)).toList();
        return new Journal(
                serial(),
                logged,
                deleted,
                overwritten,
                held,
                pictures,
                deletedPictures,
                pictureMemory.held(),
                commands.carriedOut());
    }

    /** Whether a unit pushes such an entry and dials for it. */
    public static boolean isUrgent(EventEntry entry) {
        return CATALOGUE.type(entry.type()).eventClass() != EventClass.ROUTINE;
    }

    private EventLogDeleted delete(long upTo) {
        List<EventEntry> gone = log.delete(upTo);
        for (EventEntry event : gone) {
            Entry entry = new Entry(log.logId(), event);
            deleted.add(entry);
            keeper.deleted(serial(), entry);
        }
        if (!gone.isEmpty()) {
            overflowing = false;
        }
        return new EventLogDeleted(upTo);
    }

    private FromUnit deletePicture(int number) {
        TakenPicture gone = pictureMemory.delete(number);
        if (gone == null) {
            return new PictureError(number, PictureError.NO_SUCH_PICTURE);
        }
        deletedPictures.add(gone);
        keeper.pictureDeleted(serial(), gone);
        return new PictureDeleted(number);
    }

    private void makeRoom(Instant now) {
        overwriteOldest();
        if (!overflowing) {
            overflowing = true;
            overwriteOldest();
            append(StandardEvent.EVENT_LOG_OVERFLOWED, now);
        }
    }

    private void overwriteOldest() {
        leftUnread(log.overwriteOldest());
    }

    private void leftUnread(EventEntry event) {
        Entry entry = new Entry(log.logId(), event);
        overwritten.add(entry);
        keeper.overwritten(serial(), entry);
    }

    private Entry append(StandardEvent type, Instant now) {
        wander();
        boolean fix = random.nextInt(20) != 0;
        EventEntry event = EventEntry.of(
                log.nextSequence(),
                now.getEpochSecond(),
                type.code(),
                fix ? EventEntry.FLAG_POSITION_VALID : 0,
                fix ? latitudeE7 : 0,
                fix ? longitudeE7 : 0,
                battery,
                random.nextInt(-110, -50));
        return log(event);
    }

    private void wander() {
        latitudeE7 += random.nextInt(-STEP_E7, STEP_E7 + 1);
        longitudeE7 += random.nextInt(-STEP_E7, STEP_E7 + 1);
        battery = random.nextInt(50) == 0 ? Math.max(5, battery - 1) : battery;
    }
}
