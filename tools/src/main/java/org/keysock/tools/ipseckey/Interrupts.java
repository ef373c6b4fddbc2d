package org.keysock.tools.ipseckey;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Makes SIGINT interrupt a thread instead of ending the program. The JDK's one way to do so, {@code
 * sun.misc.Signal}, cannot be named without a warning, so it is found by name; where it is missing
 * SIGINT ends the program as it always does.
 */
final class Interrupts implements InvocationHandler {

    private static volatile @Nullable Thread reached;
    private static volatile boolean heeded = true;

    private Interrupts() {}

    /** From now on SIGINT interrupts the calling thread. */
    static void reachThisThread() {
        reached = Thread.currentThread();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(),
                            new Class<?>[] {handler},
                            new Interrupts());
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, ours);
        } catch (ReflectiveOperationException e) {
            // the default stays
        }
    }

    /** Whether SIGINT has an effect: typed commands are not disturbed by it, a monitor ends. */
    static void heed(boolean wanted) {
        heeded = wanted;
    }

    /** SIGINT has come. */
    static void arrived() {
        Thread thread = reached;
        if (heeded && thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("handle")) {
            arrived();
        }
        return null;
    }
}
