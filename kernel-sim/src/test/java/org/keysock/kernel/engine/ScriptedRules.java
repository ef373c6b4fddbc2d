package org.keysock.kernel.engine;

import java.util.ArrayList;
import java.util.List;
import org.keysock.kernel.clock.Now;
import org.keysock.kernel.sadb.SecurityAssociation;

/** A dialect that does what the test tells it and remembers what it heard. */
public final class ScriptedRules implements DialectRules {

    /** What one request does. */
    @FunctionalInterface
    public interface Step {
        /** Carries out the request. */
        Outcome carryOut(Request request) throws Refusal;
    }

    private final List<Setting> settings;
    private final List<Outcome> heard = new ArrayList<>();
    private final List<SecurityAssociation> due = new ArrayList<>();
    private Step next = request -> Outcome.NOTHING;
    private long deadline = Long.MAX_VALUE;
    private long patience;

    /** Rules with these switches. */
    public ScriptedRules(Setting... settings) {
        this.settings = List.of(settings);
    }

    /** What the coming requests do. */
    public void next(Step step) {
        next = step;
    }

    /** When SAs of this home are due. */
    public void deadline(long millis) {
        deadline = millis;
    }

    /** How long packets wait. */
    public void patience(long millis) {
        patience = millis;
    }

    /** All outcomes heard. */
    public List<Outcome> heard() {
        return heard;
    }

    /** All SAs that were due. */
    public List<SecurityAssociation> due() {
        return due;
    }

    @Override
    public List<Setting> settings() {
        return settings;
    }

    @Override
    public Outcome carryOut(Request request, KeyEngine engine) throws Refusal {
        return next.carryOut(request);
    }

    @Override
    public void hear(Outcome outcome, List<KeySocket> sockets, KeyEngine engine) {
        heard.add(outcome);
    }

    @Override
    public long deadline(SecurityAssociation sa, KeyEngine engine) {
        return deadline;
    }

    @Override
    public void due(SecurityAssociation sa, Now now, KeyEngine engine) {
        due.add(sa);
        deadline = Long.MAX_VALUE;
    }

    @Override
    public boolean used(
            SecurityAssociation sa, long bytes, long packets, Now now, KeyEngine engine) {
        return true;
    }

    @Override
    public long patience(Acquire wanted, List<KeySocket> sockets, KeyEngine engine) {
        return patience;
    }
}
