package org.keysock.tools.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Signals that do something else than end the program. The JDK's one way to that, {@code
 * sun.misc.Signal}, cannot be named without a warning, so it is found by name; where it is missing
 * signals do what they always do.
 */
public final class Signals implements InvocationHandler {

    private final Runnable action;

    private Signals(Runnable action) {
        this.action = action;
    }

    /** From now on a signal, such as {@code INT}, runs that on a thread of its own. */
    public static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            new Signals(action));
            Object ofName = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, ofName, ours);
        } catch (ReflectiveOperationException e) {
            // the default stays
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("handle")) {
            action.run();
        }
        return null;
    }
}
