package identicom.receiver.server;

import identicom.receiver.commands.Waiting;
import identicom.receiver.metrics.ReceiverMetrics;
import identicom.receiver.progress.ProgressBook;
import identicom.receiver.publish.Publisher;
import identicom.receiver.publish.StationState;
import identicom.receiver.session.SessionMachine;
import identicom.receiver.whitelist.Judge;
import identicom.wire.event.EventCatalogue;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What all sessions of a station share.
 *
 * @param nowUs the wall clock, microseconds since 1970 UTC
 * @param nanoTime the clock that nobody sets, for what is timed: {@link System#nanoTime()}
 * @param sessionIds a new unique one with each call
 */
public record Station(
        String name,
        ServerSettings settings,
        EventCatalogue catalogue,
        SessionMachine machine,
        Publisher publisher,
        StationState state,
        Judge judge,
        ProgressBook progress,
        Waiting commands,
        ReceiverMetrics metrics,
        LongSupplier nowUs,
        LongSupplier nanoTime,
        Supplier<String> sessionIds) {}
