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

    private final Thread thread;

    private Interrupts(Thread thread) {
        this.thread = thread;
    }

    /** From now on SIGINT interrupts the calling thread. */
    static void reachThisThread() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            Interrupts.class.getClassLoader(),
                            new Class<?>[] {handler},
                            new Interrupts(Thread.currentThread()));
            Object interrupt = signal.getConstructor(String.class).newInstance("INT");
            signal.getMethod("handle", signal, handler).invoke(null, interrupt, ours);
        } catch (ReflectiveOperationException e) {
            // the default stays
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("handle")) {
            thread.interrupt();
        }
        return null;
    }
}
