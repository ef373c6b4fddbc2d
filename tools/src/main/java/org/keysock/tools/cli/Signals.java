package org.keysock.tools.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A signal that does something else than end the program, until it is closed. The JDK's one way to
 * that, {@code sun.misc.Signal}, cannot be named without a warning, so it is found by name; where
 * it is missing signals do what they always do.
 */
public final class Signals implements InvocationHandler, AutoCloseable {

    private final String name;
    private final Runnable action;
    private @Nullable Object before;

    private Signals(String name, Runnable action) {
        this.name = name;
        this.action = action;
    }

    /** From now on a signal, such as {@code INT}, runs that on a thread of its own. */
    public static Signals handle(String name, Runnable action) {
        Signals ours = new Signals(name, action);
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Class<?>[] faces = {handler};
            Object proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), faces, ours);
            ours.before = install(name, handler, proxy);
        } catch (ReflectiveOperationException e) {
            // the default stays
        }
        return ours;
    }

    private static Object install(String name, Class<?> type, Object handler)
            throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Object ofName = signal.getConstructor(String.class).newInstance(name);
        return signal.getMethod("handle", signal, type).invoke(null, ofName, handler);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) {
        if (method.getName().equals("handle")) {
            action.run();
        }
        return null;
    }

    /** The signal does again what it did before. */
    @Override
    public void close() {
        try {
            if (before != null) {
                install(name, Class.forName("sun.misc.SignalHandler"), before);
            }
        } catch (ReflectiveOperationException e) {
            // ours stays
        }
    }
}
