package org.keysock.kernel.sadb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keysock.pfkey.model.IpAddress;
import org.keysock.pfkey.model.SaType;
import org.keysock.pfkey.model.Spi;

/** Random operations on a {@link Sadb} and on a plain list: the answers must be the same. */
final class SadbAgainstListTest {

    private static final List<SaType> PROTOCOLS =
            List.of(SaType.ESP, SaType.AH, SaType.X_IPCOMP, SaType.RIPV2);

    private final Sadb sadb = new Sadb();
    private final List<SecurityAssociation> list = new ArrayList<>();
    private final List<Ongoing> walks = new ArrayList<>();
    private Random random = new Random(0);
    private int variety;

    /** A walk, and what it has to show still. */
    private record Ongoing(Sadb.Walk walk, List<SecurityAssociation> expected) {}

    /** Few identities make many collisions, many make the tables grow. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sameAnswers(long seed) {
        random = new Random(seed);
        variety = seed % 2 == 0 ? 8 : 60;
        int most = seed % 2 == 0 ? 40 : 3000;
        for (int step = 0; step < 15_000; step++) {
            int dice = random.nextInt(100);
            boolean crowded = list.size() >= most;
            if (dice < (crowded ? 20 : 55)) {
                insert();
            } else if (dice < 75) {
                remove();
            } else if (dice < 85) {
                look();
            } else if (dice < 87) {
                begin();
            } else {
                step();
            }
        }
        walks.forEach(this::finish);
        assertEquals(list.size(), sadb.size());
        while (!list.isEmpty()) {
            remove();
        }
        assertEquals(0, sadb.size());
    }

    private SaType protocol() {
        return PROTOCOLS.get(random.nextInt(PROTOCOLS.size()));
    }

    private int spi() {
        return random.nextInt(variety * variety / 4);
    }

    private IpAddress destination() {
        int number = random.nextInt(variety);
        return random.nextInt(3) == 0 ? Samples.six(number) : Samples.four(number);
    }

    private @Nullable SecurityAssociation first(Predicate<SecurityAssociation> wanted) {
        return list.stream().filter(wanted).findFirst().orElse(null);
    }

    private static Predicate<SecurityAssociation> identity(
            SaType protocol, IpAddress destination, Spi spi) {
        return sa ->
                sa.spi().equals(spi)
                        && sa.protocol() == protocol
                        && sa.destination().equals(destination);
    }

    private void insert() {
        SecurityAssociation sa =
                Samples.bare(
                        protocol(), spi(), destination(), Direction.values()[random.nextInt(3)]);
        boolean taken = first(identity(sa.protocol(), sa.destination(), sa.spi())) != null;
        assertEquals(!taken, sadb.insert(sa));
        if (!taken) {
            list.add(sa);
        }
    }

    private void remove() {
        if (!list.isEmpty()) {
            SecurityAssociation sa = list.remove(random.nextInt(list.size()));
            sadb.remove(sa);
            walks.forEach(each -> each.expected().remove(sa));
        }
    }

    private void look() {
        SaType protocol = protocol();
        IpAddress destination = destination();
        Spi spi = new Spi(spi());
        assertSame(
                first(identity(protocol, destination, spi)), sadb.find(protocol, destination, spi));
        assertEquals(
                first(sa -> sa.protocol() == protocol && sa.spi().equals(spi)) != null,
                sadb.spiInUse(protocol, spi));
        assertEquals(
                list.stream().filter(sa -> sa.protocol() == protocol).count(), sadb.size(protocol));
    }

    private void begin() {
        SaType protocol = random.nextInt(3) == 0 ? SaType.UNSPEC : protocol();
        Sadb.Order order = Sadb.Order.values()[random.nextInt(3)];
        List<SecurityAssociation> expected =
                new ArrayList<>(
                        list.stream()
                                .filter(
                                        sa ->
                                                protocol == SaType.UNSPEC
                                                        || sa.protocol() == protocol)
                                .toList());
        switch (order) {
            case INSERTION -> {}
            case NEWEST_FIRST -> Collections.reverse(expected);
            case SHELVES -> expected.sort(Comparator.comparingInt(SadbAgainstListTest::shelf));
        }
        walks.add(new Ongoing(sadb.walk(protocol, order), expected));
    }

    private static int shelf(SecurityAssociation sa) {
        return sa.protocol().ordinal() * 100
                + sa.destination().bitLength() / 32 * 10
                + (sa.direction() == Direction.INBOUND ? 1 : 0);
    }

    private void step() {
        if (!walks.isEmpty()) {
            Ongoing ongoing = walks.get(random.nextInt(walks.size()));
            if (random.nextInt(50) == 0 || !advance(ongoing)) {
                ongoing.walk().close();
                walks.remove(ongoing);
            }
        }
    }

    private void finish(Ongoing ongoing) {
        boolean more = advance(ongoing);
        while (more) {
            more = advance(ongoing);
        }
        ongoing.walk().close();
    }

    private static boolean advance(Ongoing ongoing) {
        SecurityAssociation shown = ongoing.walk().next();
        List<SecurityAssociation> expected = ongoing.expected();
        assertSame(expected.isEmpty() ? null : expected.remove(0), shown);
        return shown != null;
    }
}
