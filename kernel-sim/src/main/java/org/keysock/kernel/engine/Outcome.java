package org.keysock.kernel.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.kernel.spd.Policy;
import org.keysock.pfkey.model.BaseHeader;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.MessageType;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Sockaddr;

/**
 * What happened, said once and in no dialect; the rules of each listening socket's dialect decide
 * whether it hears of it, how often, and in which message (decisions.md 7). An outcome is told at
 * once, before anything else happens, so the SA in it is as the outcome left it.
 *
 * @param event what happened
 * @param request the request that caused it; null when the kernel speaks of itself, and for what
 *     happens to further SAs besides the one that the request is about (Solaris' pairs and purges)
 * @param saType the SA type it is about, UNSPEC for all
 * @param sa the SA it is about
 * @param policy the policy it is about
 * @param acquire the acquire it is about
 * @param lifetime which limit was reached: LIFETIME_SOFT, LIFETIME_HARD or X_LIFETIME_IDLE
 * @param peer from where packets of the SA come now
 * @param count how many SAs or policies were removed by a flush or purge
 * @param errno why not, for {@link Event#REFUSED}
 * @param diagnostic and Solaris' reason
 */
public record Outcome(
        Event event,
        @Nullable Request request,
        SaType saType,
        @Nullable SecurityAssociation sa,
        @Nullable Policy policy,
        @Nullable Acquire acquire,
        @Nullable ExtensionType lifetime,
        @Nullable Sockaddr peer,
        int count,
        Errno errno,
        Diagnostic diagnostic) {

    /** Nothing that anybody hears of. */
    public static final Outcome NOTHING = bare(Event.NOTHING, null, SaType.UNSPEC, 0);

    private static Outcome bare(Event event, @Nullable Request request, SaType saType, int count) {
        return new Outcome(
                event,
                request,
                saType,
                null,
                null,
                null,
                null,
                null,
                count,
                Errno.OK,
                Diagnostic.NONE);
    }

    private static Outcome ofSa(
            Event event,
            @Nullable Request request,
            SecurityAssociation sa,
            @Nullable ExtensionType lifetime,
            @Nullable Sockaddr peer) {
        return new Outcome(
                event,
                request,
                sa.protocol(),
                sa,
                null,
                null,
                lifetime,
                peer,
                0,
                Errno.OK,
                Diagnostic.NONE);
    }

    /** Something happened to one SA, by request or (null) by the kernel itself. */
    public static Outcome of(Event event, @Nullable Request request, SecurityAssociation sa) {
        return ofSa(event, request, sa, null, null);
    }

    /** Something happened to one policy, by request or (null) by the kernel itself. */
    public static Outcome of(Event event, @Nullable Request request, Policy policy) {
        return new Outcome(
                event,
                request,
                SaType.UNSPEC,
                null,
                policy,
                null,
                null,
                null,
                0,
                Errno.OK,
                Diagnostic.NONE);
    }

    /** A request was carried out that is about no SA in particular. */
    public static Outcome of(Event event, Request request, int count) {
        return bare(event, request, request.header().saType(), count);
    }

    /** The algorithms on offer changed: every registered socket hears them again. */
    public static Outcome algorithmsChanged(SaType saType) {
        return bare(Event.REGISTERED, null, saType, 0);
    }

    /** A request was refused. */
    public static Outcome refused(Request request, Refusal refusal) {
        return new Outcome(
                Event.REFUSED,
                request,
                request.header().saType(),
                null,
                null,
                null,
                null,
                null,
                0,
                refusal.errno(),
                refusal.diagnostic());
    }

    /** An SA reached a limit. */
    public static Outcome expired(SecurityAssociation sa, ExtensionType lifetime) {
        return ofSa(Event.EXPIRED, null, sa, lifetime, null);
    }

    /** Packets of an SA in UDP come from elsewhere now. */
    public static Outcome newMapping(SecurityAssociation sa, Sockaddr peer) {
        return ofSa(Event.NEW_MAPPING, null, sa, null, peer);
    }

    /** Packets want an SA. */
    public static Outcome wanted(Acquire acquire) {
        return ofAcquire(Event.ACQUIRE, acquire);
    }

    /** Packets wait no longer for an SA. */
    public static Outcome unanswered(Acquire acquire) {
        return ofAcquire(Event.UNANSWERED, acquire);
    }

    private static Outcome ofAcquire(Event event, Acquire acquire) {
        return new Outcome(
                event,
                null,
                acquire.saType(),
                null,
                null,
                acquire,
                null,
                null,
                0,
                Errno.OK,
                Diagnostic.NONE);
    }

    /** The SA it is about, when the event is about one. */
    public SecurityAssociation theSa() {
        return Objects.requireNonNull(sa, () -> event + " is about an SA");
    }

    /** The policy it is about, when the event is about one. */
    public Policy thePolicy() {
        return Objects.requireNonNull(policy, () -> event + " is about a policy");
    }

    /** The request, when the event comes of one. */
    public Request theRequest() {
        return Objects.requireNonNull(request, () -> event + " comes of a request");
    }

    /**
     * The header for a message of that type about this: the request's own, or the kernel's with
     * sequence number and pid 0 when nobody asked for it.
     */
    public BaseHeader header(MessageType type) {
        return request == null ? BaseHeader.of(type, saType, 0, 0) : request.header();
    }

    /** The dialect of the socket that asked, null when the kernel speaks of itself. */
    public @Nullable DialectName askedIn() {
        return request == null ? null : request.asker().dialect();
    }

    /** Whether this socket asked. */
    public boolean askedBy(KeySocket socket) {
        return request != null && request.asker() == socket;
    }

    /** What can happen. */
    public enum Event {
        /** Nothing. */
        NOTHING,
        /** A request was refused. */
        REFUSED,
        /** A larval SA was made by GETSPI. */
        LARVAL,
        /** An SA was added. */
        ADDED,
        /** A larval SA matured, or a grown one was changed. */
        UPDATED,
        /** An SA was deleted (DELETE), or with its partner (X_DELPAIR). */
        DELETED,
        /** An SA ended because another of its group did (KLIPS). */
        DELETED_WITH_GROUP,
        /** SAs that match were deleted: Solaris' DELETE without SPI. */
        PURGED,
        /** An SA was asked for. */
        GOT,
        /** All SAs of a type were removed. */
        FLUSHED,
        /** A dump begins. */
        DUMPED,
        /** A socket registered, or the algorithms changed. */
        REGISTERED,
        /** An SA is wanted. */
        ACQUIRE,
        /** A key manager passed an ACQUIRE on. */
        ACQUIRE_FORWARDED,
        /** Nobody answered an ACQUIRE in time, or it was given up and its time is over. */
        UNANSWERED,
        /** A limit of an SA was reached. */
        EXPIRED,
        /** A socket turned promiscuous mode on or off. */
        PROMISCUOUS,
        /** A policy was added. */
        POLICY_ADDED,
        /** A policy was put into the place of another, or added because there was none. */
        POLICY_UPDATED,
        /** A policy was deleted. */
        POLICY_DELETED,
        /** A policy was asked for. */
        POLICY_GOT,
        /** All policies were removed. */
        POLICIES_FLUSHED,
        /** A policy and its SAs moved to other addresses; the request names them. */
        MIGRATED,
        /** Packets of an SA in UDP come from another address or port. */
        NEW_MAPPING,
        /** A request was carried out that means nothing to other dialects; it names what. */
        CARRIED_OUT
    }
}
