package org.keysock.kernel.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.SaType;

/**
 * One open key socket as the engine sees it: which dialect it speaks and what it has asked to hear.
 * All of this vanishes when it is closed.
 */
public final class KeySocket {

    private final int id;
    private final DialectName dialect;
    private final Collection<KeySocket> promiscuousOnes;
    private final Set<SaType> registered = new HashSet<>();
    private final Set<SaType> extended = new HashSet<>();
    private boolean promiscuous;
    private boolean dumping;

    /**
     * An open socket.
     *
     * @param promiscuousOnes where it is while it is promiscuous
     */
    KeySocket(int id, DialectName dialect, Collection<KeySocket> promiscuousOnes) {
        this.id = id;
        this.dialect = dialect;
        this.promiscuousOnes = promiscuousOnes;
    }

    /** Number of this socket, from 1, never used again in the life of the engine. */
    public int id() {
        return id;
    }

    /** The dialect this socket speaks. */
    public DialectName dialect() {
        return dialect;
    }

    /** SA types this socket has registered for; to be changed by the rules of its dialect. */
    public Set<SaType> registered() {
        return registered;
    }

    /** SA types of an extended REGISTER (Solaris); to be changed by the rules of its dialect. */
    public Set<SaType> extended() {
        return extended;
    }

    /** Whether it hears what is not meant for it. */
    public boolean promiscuous() {
        return promiscuous;
    }

    /** Turns promiscuous mode on or off. */
    public void promiscuous(boolean on) {
        if (on && !promiscuous) {
            promiscuousOnes.add(this);
        } else if (!on) {
            promiscuousOnes.remove(this);
        }
        promiscuous = on;
    }

    /** Whether a dump to it is under way. */
    public boolean dumping() {
        return dumping;
    }

    /** Set by the engine while a dump is under way. */
    public void dumping(boolean now) {
        dumping = now;
    }

    @Override
    public String toString() {
        return dialect.text() + " socket " + id;
    }
}
