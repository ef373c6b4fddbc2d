package org.keysock.kernel.engine.solaris;

import static org.keysock.kernel.engine.solaris.Checks.require;
import static org.keysock.pfkey.model.ExtensionType.ADDRESS_PROXY;
import static org.keysock.pfkey.model.ExtensionType.KEY_AUTH;
import static org.keysock.pfkey.model.ExtensionType.KEY_ENCRYPT;
import static org.keysock.pfkey.model.ExtensionType.LIFETIME_CURRENT;
import static org.keysock.pfkey.model.ExtensionType.SA;
import static org.keysock.pfkey.model.ExtensionType.SENSITIVITY;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_LOC;
import static org.keysock.pfkey.model.ExtensionType.X_ADDRESS_NATT_REM;
import static org.keysock.pfkey.model.ExtensionType.X_OUTER_SENS;
import static org.keysock.pfkey.model.ExtensionType.X_PAIR;
import static org.keysock.pfkey.model.ExtensionType.X_REPLAY_VALUE;

import org.jspecify.annotations.Nullable;
import org.keysock.kernel.engine.Acquire;
import org.keysock.kernel.engine.KeyEngine;
import org.keysock.kernel.engine.Reasons;
import org.keysock.kernel.engine.Refusal;
import org.keysock.kernel.engine.Request;
import org.keysock.kernel.engine.Succession;
import org.keysock.kernel.sadb.Direction;
import org.keysock.kernel.sadb.SaSecrets;
import org.keysock.kernel.sadb.SecurityAssociation;
import org.keysock.pfkey.model.AuthAlgorithm;
import org.keysock.pfkey.model.Diagnostic;
import org.keysock.pfkey.model.DialectName;
import org.keysock.pfkey.model.EncryptionAlgorithm;
import org.keysock.pfkey.model.Errno;
import org.keysock.pfkey.model.Extension;
import org.keysock.pfkey.model.Extension.Address;
import org.keysock.pfkey.model.ExtensionType;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaFlag;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.SadbMessage;
import org.keysock.pfkey.model.SolarisExtension.ReplayValue;

/**
 * How a grown SA comes into the database, by ADD or by UPDATE of a larval one: the checks of
 * solaris.md section 3.6, in the order of its table, then the SA.
 */
final class Admission {

    private final Request request;
    private final SadbMessage message;
    private final KeyEngine engine;
    private final boolean esp;

    private Admission(Request request, KeyEngine engine) {
        this.request = request;
        this.message = request.message();
        this.engine = engine;
        this.esp = request.header().saType() == SaType.ESP;
    }

    /**
     * Adds the SA that the request describes.
     *
     * @param larval in whose place it comes, or null
     */
    static SecurityAssociation admit(
            Request request, KeyEngine engine, @Nullable SecurityAssociation larval)
            throws Refusal {
        return new Admission(request, engine).admit(larval);
    }

    private SecurityAssociation admit(@Nullable SecurityAssociation larval) throws Refusal {
        Address source = Checks.source(message);
        Address destination = Checks.destination(message);
        Extension.Sa asked = Checks.sa(message);
        checkKeysPresent(asked);
        checkAlgorithms(asked);
        Flags.requireForAdd(asked.flags(), request.header().saType());
        LifetimeChecks.requireOrder(message);
        checkNatFlags(asked);
        checkForeignExtensions();
        SaSecrets secrets = KeyRules.secrets(message, asked);
        Placement placement =
                Placement.of(
                        asked.flags(),
                        Lookup.address(source),
                        Lookup.address(destination),
                        engine.settings());
        require(
                placement.direction() != Direction.BOTH || !message.has(X_PAIR),
                X_PAIR,
                Diagnostic.PAIR_INAPPROPRIATE,
                "the new SA runs both ways");
        int protocol = Details.protocol(message);
        require(
                !asked.flags().has(SaFlag.X_TUNNEL) || message.has(ADDRESS_PROXY),
                ADDRESS_PROXY,
                Diagnostic.MISSING_INNER_SRC,
                "the SA has the flag X_TUNNEL");
        KeyRules.requireContext(secrets);
        long replay = replayValue();
        IpAddress destinationAddress = Lookup.address(destination);
        SecurityAssociation there =
                engine.sadb().find(request.header().saType(), destinationAddress, asked.spi());
        if (there != larval) {
            throw new Refusal(
                    Errno.EEXIST,
                    there == null ? "SA: the LARVAL one is gone" : Reasons.taken(there));
        }
        SecurityAssociation sa =
                new SecurityAssociation(
                        larval == null ? DialectName.SOLARIS : larval.home(),
                        request.header().saType(),
                        asked.spi(),
                        Lookup.address(source),
                        destinationAddress,
                        placement.direction(),
                        asked.state(),
                        Details.flags(placement.flags(), message, protocol, secrets),
                        Lookup.address(source).unspecified() ? 0 : asked.replayWindow(),
                        secrets,
                        Details.of(message, protocol),
                        request.now().wallSeconds(),
                        request.now().millis());
        LimitChanges.set(sa, message, engine.settings());
        if (replay != 0) {
            sa.ownUse().sequence(replay);
        }
        put(sa, larval, Pairs.wanted(sa, message, engine));
        return sa;
    }

    private void put(
            SecurityAssociation sa,
            @Nullable SecurityAssociation larval,
            @Nullable SecurityAssociation wanted)
            throws Refusal {
        SecurityAssociation partner = larval == null ? null : larval.partner();
        require(partner == null || wanted == null, X_PAIR, Diagnostic.PAIR_ALREADY);
        require(
                partner == null || Pairs.fit(sa, partner, engine.settings()),
                SA,
                Diagnostic.PAIR_INAPPROPRIATE,
                "the partner of the LARVAL SA does not run the other way between the same ends");
        if (larval == null) {
            engine.insert(sa);
        } else {
            Succession.of(larval, sa, engine);
        }
        if (wanted != null) {
            sa.pairWith(wanted);
        } else if (partner != null && sa.partner() == null) { // both of one direction
            sa.pairWith(partner);
        }
        Acquire answered =
                request.header().sequence() < 0
                        ? engine.acquires()
                                .answered(
                                        Proposals.number(request.header().sequence()),
                                        sa.destination())
                        : null;
        if (answered != null) {
            engine.acquires().remove(answered);
        }
    }

    /**
     * Row 2, and a case where the original makes an SA that claims an algorithm it cannot run: ESP
     * with an authentication algorithm and no key for it.
     */
    private void checkKeysPresent(Extension.Sa asked) throws Refusal {
        if (esp) {
            require(
                    message.has(KEY_ENCRYPT) || asked.encrypt() == EncryptionAlgorithm.NULL,
                    KEY_ENCRYPT,
                    Diagnostic.MISSING_EKEY);
            require(
                    message.has(KEY_AUTH) || asked.auth() == AuthAlgorithm.NONE,
                    KEY_AUTH,
                    Diagnostic.MISSING_AKEY);
        } else {
            require(message.has(KEY_AUTH), KEY_AUTH, Diagnostic.MISSING_AKEY);
        }
    }

    /** Rows 3 and 4. */
    private void checkAlgorithms(Extension.Sa asked) throws Refusal {
        Flags.requireState(asked);
        if (!esp) {
            require(asked.encrypt() == EncryptionAlgorithm.NONE, SA, Diagnostic.ENCR_NOTSUPP);
            return;
        }
        require(
                asked.encrypt() != EncryptionAlgorithm.NONE,
                SA,
                Diagnostic.BAD_EALG,
                "none, ESP needs one");
        require(
                asked.encrypt() != EncryptionAlgorithm.NULL || asked.auth() != AuthAlgorithm.NONE,
                SA,
                Diagnostic.BAD_AALG,
                "none, beside encryption NULL");
    }

    /** Row 7. */
    private void checkNatFlags(Extension.Sa asked) throws Refusal {
        require(
                !asked.flags().has(SaFlag.X_NATT_LOC) || message.has(X_ADDRESS_NATT_LOC),
                X_ADDRESS_NATT_LOC,
                Diagnostic.MISSING_NATT_LOC);
        require(
                !asked.flags().has(SaFlag.X_NATT_REM) || message.has(X_ADDRESS_NATT_REM),
                X_ADDRESS_NATT_REM,
                Diagnostic.MISSING_NATT_REM);
    }

    /** Rows 8 and 9: no CURRENT, and no labels on a system without labels. */
    private void checkForeignExtensions() throws Refusal {
        if (message.has(LIFETIME_CURRENT)) {
            throw new Refusal(Errno.EOPNOTSUPP, Reasons.unwanted(message, LIFETIME_CURRENT));
        }
        if (message.has(SENSITIVITY) || message.has(X_OUTER_SENS)) {
            ExtensionType label = message.has(SENSITIVITY) ? SENSITIVITY : X_OUTER_SENS;
            throw esp
                    ? Checks.invalid(label, Diagnostic.BAD_LABEL)
                    : new Refusal(Errno.EOPNOTSUPP, Reasons.unwanted(message, label));
        }
    }

    /** Row 17. */
    private long replayValue() throws Refusal {
        ReplayValue value = message.find(X_REPLAY_VALUE, ReplayValue.class);
        if (value == null) {
            return 0;
        }
        if (value.value32() == 0 && value.value64() != 0) {
            throw new Refusal(
                    Errno.EOPNOTSUPP,
                    Diagnostic.INVALID_REPLAY,
                    Checks.reason(X_REPLAY_VALUE, Diagnostic.INVALID_REPLAY, "a value of 64 bits"));
        }
        return Integer.toUnsignedLong(value.value32());
    }
}
