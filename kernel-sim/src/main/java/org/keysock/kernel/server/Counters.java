package org.keysock.kernel.server;

/** What has happened since the start; read and written by the loop. */
final class Counters {

    /** Records that clients sent. */
    long messagesIn;

    /** Of these, the ones that were no messages. */
    long malformed;

    /** Requests refused, or dropped without an answer, whatever their dialect says to them. */
    long refused;

    /** Lines about these that a control session did not take in time. */
    long untold;

    /** Messages written for clients. */
    long messagesOut;

    /** News dropped because a receiver was full, of sessions that are gone. */
    long dropped;

    /** Messages that a receiver's dialect has no words for. */
    long unspeakable;

    /** Connections accepted. */
    long accepted;

    /** Packets for a full socket or device. */
    long portFull;

    /** Packets that a socket or device refused, or reading failed. */
    long portErrors;

    /** Packets for a wire over UDP that the core has not put into UDP. */
    long notInUdp;

    /** Our own errors: see {@link Faults}. */
    long faults;
}
