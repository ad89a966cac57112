package io.rollcall.bench.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A look into another JVM of the same user, through its attach interface: heap, collections, allocation. */
public final class JvmProbe implements AutoCloseable {

    private static final String OF_THE_PROBE = "RMI ";
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private JvmProbe(JMXConnector connector, MBeanServerConnection beans) {
        this.connector = connector;
        this.beans = beans;
    }

    /**
     * Attaches.
     *
     * @param pid of a JVM
     * @return attached until closed
     * @throws IOException if that JVM cannot be looked into
     */
    @SuppressWarnings("BanJNDI") // A process that this benchmark started, through an agent that it started in it.
    public static JvmProbe attach(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return new JvmProbe(connector, connector.getMBeanServerConnection());
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("cannot attach to the JVM " + pid, e);
        }
    }

    /**
     * Collects all garbage and returns what is left.
     *
     * @return bytes of heap in use
     * @throws IOException if the JVM is gone
     */
    public long liveHeapBytes() throws IOException {
        var memory = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /**
     * Returns what the running threads allocated since each began.
     *
     * @return bytes
     * @throws IOException if the JVM is gone
     */
    public long allocatedBytes() throws IOException {
        var threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    /**
     * Returns the time that collections took so far.
     *
     * @return milliseconds
     * @throws IOException if the JVM is gone
     */
    public long collectionMillis() throws IOException {
        return ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class).stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /**
     * Collects all garbage and returns what is left, class by class.
     *
     * @return bytes by class
     * @throws IOException if the JVM is gone, or gives none
     */
    public ClassHistogram classHistogram() throws IOException {
        try {
            var text = beans.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
            return ClassHistogram.parse(text.toString());
        } catch (JMException e) {
            throw new IOException("the JVM gives no class histogram", e);
        }
    }

    /**
     * Returns the processor time of the running threads, without those that serve this probe; those whose names differ in
     * numbers alone count as one.
     *
     * @return nanoseconds by name, {@code #} in place of numbers
     * @throws IOException if the JVM is gone
     */
    public Map<String, Long> threadNanos() throws IOException {
        var threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        var ids = threads.getAllThreadIds();
        var nanos = threads.getThreadCpuTime(ids);
        var facts = threads.getThreadInfo(ids);
        var byName = new TreeMap<String, Long>();
        for (var i = 0; i < ids.length; i++) {
            if (facts[i] != null && nanos[i] > 0 && !facts[i].getThreadName().startsWith(OF_THE_PROBE)) {
                byName.merge(NUMBER.matcher(facts[i].getThreadName()).replaceAll("#"), nanos[i], Long::sum);
            }
        }
        return byName;
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
