package identicom.standalone.demo;

import identicom.simulator.fleet.Fleet;
import identicom.simulator.fleet.FleetOptions;
import identicom.simulator.fleet.Scenario;
import identicom.simulator.fleet.Serials;
import identicom.simulator.line.DialingUnit;
import identicom.simulator.picture.DrawnPicture;
import identicom.simulator.raw.RawUnit;
import identicom.simulator.unit.SimulatedUnit;
import identicom.wire.event.StandardEvent;
import identicom.wire.message.EventEntry;
import identicom.wire.message.EventLog;
import identicom.wire.message.Identification;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** A fleet on a believable day: emergencies at once, everyday traffic from then on, and now and then somebody falls. */
public final class Demonstration implements AutoCloseable {
    /** As many units as the incidents need. */
    public static final int LEAST_UNITS = 12;

    /** A unit that nobody has commissioned. */
    public static final String STRAY = "STRAY-7";

    private static final int DOWN = 0;
    private static final int LANYARD = 1;
    private static final int AMBER_EXPIRED = 2;
    private static final int AMBER_STARTED = 3;
    private static final int LOW_BATTERY = 4;
    private static final int WITH_PICTURES = 10;
    private static final String PREFIX = "DEMO-";
    private static final String SOFTWARE_VERSION = "4.2.1";
    private static final Duration ON_AND_ON = Duration.ofDays(365);
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final Duration LINE_DELAY = Duration.ofMillis(60);
    private static final Duration FIRST_DIALS = Duration.ofSeconds(60);
    private static final Duration AMBER = Duration.ofMinutes(15);
    private static final List<Duration> PICTURE_DIALS = List.of(Duration.ofSeconds(5), Duration.ofSeconds(30));
    private static final double SPREAD_KILOMETRES = 1.8;
    private static final int FLAT_PERCENT = 9;

    private final InetSocketAddress station;
    private final Fleet fleet;
    private final Instant now = Instant.now();
    private final RandomGenerator random = new Random(now.getEpochSecond());

    /**
     * @param units at least {@link #LEAST_UNITS}
     */
    public Demonstration(InetSocketAddress station, int units) {
        this.station = station;
        this.fleet = Fleet.idle(Scenario.of(new FleetOptions(
                station, units, PREFIX, 0, 0, INTERVAL, ON_AND_ON, now.getEpochSecond(), 0, LINE_DELAY)));
        for (int number = 0; number < units; number++) {
            Site site = Wearer.of(number).site();
            unit(number)
                    .carryTo(site.latitudeE7(random, SPREAD_KILOMETRES), site.longitudeE7(random, SPREAD_KILOMETRES));
        }
    }

    /** The whitelist with every unit, its wearer, phone and site. */
    public static String csv(int units) {
        StringBuilder csv = new StringBuilder("serial,wearer,phone,site\n");
        for (int number = 0; number < units; number++) {
            Wearer wearer = Wearer.of(number);
            csv.append(Serials.of(PREFIX, number)).append(',');
            csv.append(wearer.name()).append(',').append(wearer.phone()).append(',');
            csv.append('"').append(wearer.site().name()).append("\"\n");
        }
        return csv.toString();
    }

    /** What is worth looking at, a line each; to be told after {@link #emergencies}. */
    public static List<String> incidents() {
        return List.of(
                person(DOWN) + " is down; the unit took pictures as it fell",
                person(LANYARD) + ": the lanyard was torn off",
                person(AMBER_EXPIRED) + ": an amber alert ran out without an all-clear",
                STRAY + ": a unit that nobody knows asks for help",
                person(AMBER_STARTED) + " has started an amber alert, " + person(LOW_BATTERY)
                        + " has a low battery: in the event log");
    }

    private static String person(int number) {
        return Wearer.of(number).name() + " (" + Serials.of(PREFIX, number) + ")";
    }

    /** What cannot wait: somebody is down, a lanyard is torn off, an amber alert has run out, a stray unit calls. */
    public void emergencies() throws IOException {
        happens(DOWN, StandardEvent.MAN_DOWN, now);
        happens(LANYARD, StandardEvent.LANYARD_PIN_REMOVED, now);
        unit(AMBER_EXPIRED).log(StandardEvent.AMBER_ALERT_STARTED, now.minus(AMBER));
        happens(AMBER_EXPIRED, StandardEvent.AMBER_ALERT_EXPIRED, now);
        stray();
    }

    /** The rest of the day: what is on the other units, and from now on something every few seconds. */
    public void everyday() {
        photographs(DOWN);
        for (int number : IntStream.range(AMBER_STARTED, fleet.units().size()).toArray()) {
            morning(number);
        }
        happens(AMBER_STARTED, StandardEvent.AMBER_ALERT_STARTED, now);
        unit(LOW_BATTERY).charge(FLAT_PERCENT);
        happens(LOW_BATTERY, StandardEvent.BATTERY_LOW, now);
        for (int number = LOW_BATTERY + 1; number < fleet.units().size(); number++) {
            DialingUnit dialling = fleet.unit(number);
            dialling.after(share(FIRST_DIALS), dialling::dial);
            goOn(dialling);
        }
        mishap();
    }

    /** Hangs up every unit. */
    @Override
    public void close() {
        fleet.close();
    }

    /** A shift up to now: switched on, off the charger, a check every half hour, pictures on some units. */
    private void morning(int number) {
        SimulatedUnit unit = unit(number);
        int halfHours = random.nextInt(3, 12);
        Instant time = now.minus(Duration.ofMinutes(30L * halfHours)).minusSeconds(random.nextInt(1_500));
        unit.charge(random.nextInt(55, 100));
        unit.log(StandardEvent.CHARGER_DISCONNECTED, time);
        unit.log(StandardEvent.SWITCHED_ON, time.plusSeconds(25));
        boolean photographer = number < WITH_PICTURES;
        for (int i = 1; i <= halfHours; i++) {
            Instant check = time.plus(Duration.ofMinutes(30L * i));
            unit.log(random.nextInt(4) == 0 ? StandardEvent.POSITION_REPORT : StandardEvent.STATUS_CHECK, check);
            if (photographer && i % 3 == 0) {
                picture(number, check.minusSeconds(random.nextInt(20, 900)));
            }
        }
    }

    /** Something ordinary after a while, a dial-in with it, and so on. */
    private void goOn(DialingUnit dialling) {
        dialling.after(Duration.ofSeconds(60 + random.nextInt(240)), () -> {
            dialling.log(ordinary());
            dialling.dial();
            goOn(dialling);
        });
    }

    private StandardEvent ordinary() {
        return switch (random.nextInt(12)) {
            case 0 -> StandardEvent.CHARGER_CONNECTED;
            case 1 -> StandardEvent.CHARGER_DISCONNECTED;
            case 2, 3, 4 -> StandardEvent.POSITION_REPORT;
            default -> StandardEvent.STATUS_CHECK;
        };
    }

    /** Every few minutes somebody trips, and mostly gets up again. */
    private void mishap() {
        DialingUnit victim =
                fleet.unit(random.nextInt(LOW_BATTERY + 1, fleet.units().size()));
        victim.after(Duration.ofSeconds(150 + random.nextInt(240)), () -> {
            victim.log(StandardEvent.MAN_DOWN);
            victim.after(Duration.ofSeconds(20), () -> victim.log(StandardEvent.MAN_DOWN_CLEARED));
            mishap();
        });
    }

    /** Two pictures of now, and dial-ins to deliver them once the present session is over. */
    private void photographs(int number) {
        picture(number, Instant.now().minusSeconds(1));
        picture(number, Instant.now());
        DialingUnit dialling = fleet.unit(number);
        PICTURE_DIALS.forEach(wait -> dialling.after(wait, dialling::dial));
    }

    /** With the place in it, whatever the sky is like. */
    private void happens(int number, StandardEvent type, Instant time) {
        SimulatedUnit unit = unit(number);
        Site site = Wearer.of(number).site();
        unit.log(EventEntry.of(
                unit.lastSequence() + 1,
                time.getEpochSecond(),
                type.code(),
                EventEntry.FLAG_POSITION_VALID,
                site.latitudeE7(random, SPREAD_KILOMETRES),
                site.longitudeE7(random, SPREAD_KILOMETRES),
                type == StandardEvent.BATTERY_LOW ? FLAT_PERCENT : 74,
                -71));
        fleet.unit(number).dial();
    }

    private void picture(int number, Instant takenAt) {
        SimulatedUnit unit = unit(number);
        unit.take(DrawnPicture.jpeg(unit.serial(), takenAt, random.nextLong()), takenAt);
    }

    private void stray() throws IOException {
        Site town = Site.ALL.getLast();
        try (RawUnit unit = RawUnit.dial(station)) {
            EventEntry entry = EventEntry.of(
                    1,
                    now.getEpochSecond(),
                    StandardEvent.RED_ALERT.code(),
                    EventEntry.FLAG_POSITION_VALID,
                    town.latitudeE7(random, SPREAD_KILOMETRES),
                    town.longitudeE7(random, SPREAD_KILOMETRES),
                    61,
                    -83);
            unit.send(
                    new Identification(STRAY, SOFTWARE_VERSION),
                    new EventLog(0, true, random.nextInt(0x8000), List.of(entry)));
            unit.endOutput();
        }
    }

    private Duration share(Duration whole) {
        return Duration.ofMillis(random.nextLong(whole.toMillis()));
    }

    private SimulatedUnit unit(int number) {
        return fleet.unit(number).unit();
    }
}
